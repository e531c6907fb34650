import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import { waitingListStore } from './waiting-list-store.ts';

/**
 * What became of who waits, and of what was kept for them. Places that stay kept are sold to nobody:
 * an alert looks at those.
 */
export function measureWaitingList({ pool, metrics }: { pool: Pool; metrics: Metrics }) {
  const outcomes = metrics.counter({
    name: 'guichet_waiting_list_outcomes_total',
    help: 'What happened on waiting lists',
    labelNames: ['outcome'],
  });
  metrics.gaugesOf(waitingListStore(pool).measure, [
    {
      name: 'guichet_waiting_list_entries',
      help: 'Who waits for places of a sold-out slot and has been offered none',
      of: ({ waiting }) => waiting,
    },
    {
      name: 'guichet_waiting_list_kept_places',
      help: 'Places that came back and are kept for who waits, until they are offered',
      of: ({ kept }) => kept,
    },
  ]);
  return (outcome: 'joined' | 'left' | 'offered' | 'given_back' | 'not_sold'): void =>
    outcomes.inc({ outcome });
}
export type MeasureWaitingList = ReturnType<typeof measureWaitingList>;
