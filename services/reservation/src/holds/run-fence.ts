import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { type Fenced, holdStore } from './hold-store.ts';

/** What payment says when it is asked to take no more money for a booking. */
export type ClosePayment = (
  bookingId: string,
  reason: 'expired' | 'cancelled',
) => Promise<'closed' | 'paid' | 'processing'>;

/**
 * The fence: payment closes its document, so that no attempt can start or succeed any more, and
 * only then are the places freed. Money that is there or on its way keeps them; while payment
 * cannot answer, they stay taken: fewer sales for a while, never two for one place.
 */
export const runFence =
  ({
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
  }) =>
  async ({ id, becoming }: Fenced): Promise<'ended' | 'stays'> => {
    step('booking.fenced');
    const reason = becoming === 'CANCELLED' ? 'cancelled' : 'expired';
    // No transaction is open here: the answer may take seconds, or never come.
    const answer = await closePayment(id, reason).catch((err: unknown) => {
      logger.warn({ err, bookingId: id }, 'payment could not be closed; the places stay taken');
      return 'unavailable' as const;
    });
    step('booking.fence_answered');
    if (answer !== 'closed') return 'stays';

    const ended = await holdStore(pool, graceMs).endFenced(id);
    if (ended) told();
    return ended ? 'ended' : 'stays';
  };
export type RunFence = ReturnType<typeof runFence>;
