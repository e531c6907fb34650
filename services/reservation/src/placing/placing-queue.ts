import { CameTooLate, createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from '../config.ts';
import { measureBatches } from './measure-batches.ts';
import { busy, type Placement } from './placement.ts';
import { type Placing, placingStore } from './placing-store.ts';

/** A placing, and until when somebody waits for it: Unix milliseconds. */
type Wanted = Placing & { readonly deadline?: number | undefined };

/**
 * The queue in front of the database. It is bounded by its age, never by its length: how many can
 * wait and still be answered in time depends on how fast the database is at the moment. A small
 * fixed number throws most of a crowd away, since people come in bunches.
 */
export function createPlacingQueue({
  pool,
  graceMs,
  live,
  metrics,
}: {
  pool: Pool;
  graceMs: number;
  live: () => Pick<LiveSettings, 'queueBudgetMs'>;
  metrics: Metrics;
}) {
  const store = placingStore(pool);
  const refused = metrics.counter({
    name: 'guichet_placing_refused_total',
    help: 'Placings refused for the time that they waited or would have waited',
    labelNames: ['reason'],
  });
  const batched = createBatcher<Wanted, Placement>({
    one: (placing) => store.place(placing, graceMs),
    many: (placings) => store.placeAll(placings, graceMs),
    keyOf: ({ claim }) => `${claim.scope} ${claim.key}`,
    deadlineOf: ({ deadline }) => deadline,
    ...measureBatches(metrics),
  });
  const { queueAgeMs } = batched;
  metrics.gauge({
    name: 'guichet_placing_queue_age_seconds',
    help: 'How long a booking that comes now would wait for its statement',
    collect() {
      this.set(queueAgeMs() / 1_000);
    },
  });

  return {
    queueAgeMs,
    /** Throws where whoever comes now would wait longer than the budget. */
    refuseIfOld(): void {
      if (queueAgeMs() <= live().queueBudgetMs) return;
      refused.inc({ reason: 'queue_age' });
      throw busy();
    },
    /** Places with the next statement; what nobody waits for any more by then is not placed. */
    async place(wanted: Wanted): Promise<Placement> {
      try {
        return await batched(wanted);
      } catch (error) {
        if (!(error instanceof CameTooLate)) throw error;
        refused.inc({ reason: 'deadline' });
        throw busy();
      }
    },
  };
}
export type PlacingQueue = ReturnType<typeof createPlacingQueue>;
