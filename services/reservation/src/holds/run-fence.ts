import { createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { type Fenced, holdStore } from './hold-store.ts';

/** What payment says when it is asked to take no more money for a booking. */
export type ClosePayment = (
  bookingId: string,
  reason: 'expired' | 'cancelled',
) => Promise<'closed' | 'paid' | 'processing'>;

/** Ends what has passed the fence: what passes it together is freed by one commit. */
function createEnding(pool: Pool, graceMs: number) {
  const store = holdStore(pool, graceMs);

  async function endAll(fences: readonly Fenced[]): Promise<boolean[]> {
    const ended = new Set<string>();
    for (const outcome of ['EXPIRED', 'CANCELLED'] as const) {
      const ids = fences.filter(({ becoming }) => becoming === outcome).map(({ id }) => id);
      if (ids.length === 0) continue;
      for (const id of await store.endFenced(ids, outcome)) ended.add(id);
    }
    return fences.map(({ id }) => ended.has(id));
  }

  return createBatcher<Fenced, boolean>({
    one: async (fenced) => (await endAll([fenced]))[0] === true,
    many: endAll,
    keyOf: ({ id }) => id,
    isShared: isConnectionLost,
  });
}

/**
 * The fence: payment closes its document, so that no attempt can start or succeed any more, and
 * only then are the places freed. Money that is there or on its way keeps them; while payment
 * cannot answer, they stay taken: fewer sales for a while, never two for one place.
 */
export function runFence({
  pool,
  closePayment,
  graceMs,
  told,
  logger,
}: {
  pool: Pool;
  closePayment: ClosePayment;
  graceMs: number;
  told: () => void;
  logger: Logger;
}) {
  const end = createEnding(pool, graceMs);

  return async ({ id, becoming }: Fenced): Promise<'ended' | 'stays'> => {
    step('booking.fenced');
    const reason = becoming === 'CANCELLED' ? 'cancelled' : 'expired';
    // No transaction is open here: the answer may take seconds, or never come.
    const answer = await closePayment(id, reason).catch((err: unknown) => {
      logger.warn({ err, bookingId: id }, 'payment could not be closed; the places stay taken');
      return 'unavailable' as const;
    });
    step('booking.fence_answered');
    if (answer !== 'closed') return 'stays';

    const ended = await end({ id, becoming });
    if (ended) told();
    return ended ? 'ended' : 'stays';
  };
}
export type RunFence = ReturnType<typeof runFence>;
