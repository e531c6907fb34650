import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { beginPayment } from '../bookings/begin-payment.ts';
import { cancelBooking } from '../bookings/cancel-booking.ts';
import {
  GRACE_MS,
  lapse,
  manageTokens,
  noTelling,
  placed,
  quoteFor,
  seedSlot,
} from '../reservation-test.ts';
import { runDueFences } from './run-due-fences.ts';
import { type ClosePayment, runFence } from './run-fence.ts';
import { sweepHolds } from './sweep-holds.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

export const actions = (pool: Pool, closePayment: ClosePayment) => {
  const common = { pool, manageTokens, graceMs: GRACE_MS, told: noTelling };
  const fence = runFence({ ...common, closePayment, logger });
  const tidy = sweepHolds(common);
  const fences = runDueFences({ ...common, runFence: fence });
  return {
    sweep: async () => {
      const swept = await tidy();
      return { ...swept, ended: await fences() };
    },
    cancel: cancelBooking({ ...common, runFence: fence }),
    begin: beginPayment({ ...common, paymentGrantMs: 300_000, longestHoldMs: 2_700_000 }),
  };
};
export const owner = (id: string) => ({ manageToken: manageTokens.make(id) });

/** A hold that ran out after its payment began. */
export async function begunAndLapsed(pool: Pool, capacity = 1): Promise<string> {
  const id = await placed(pool, quoteFor(await seedSlot(pool, { capacity })));
  await pool.query('update bookings set payment_began_at = now() where id = $1', [id]);
  await lapse(pool, id);
  return id;
}
