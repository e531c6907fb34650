import type { MessageData } from '@guichet/contracts/messages';
import type { Pool } from '@guichet/postgres/pool';
import { createPassSigners } from '../passes/pass-signer.ts';
import { GRACE_MS, manageTokens, noTelling, sealingKey } from '../reservation-test.ts';
import { beginPayment } from './begin-payment.ts';
import { changeBooking } from './change-booking.ts';
import { confirmBooking } from './confirm-booking.ts';
import { extendBooking } from './extend-booking.ts';

/** What becomes of a booking between its hold and its money. */
export const actions = (pool: Pool) => {
  const common = { pool, manageTokens, graceMs: GRACE_MS, told: noTelling };
  const passSigners = createPassSigners({ pool, sealingKey });
  return {
    passSigners,
    begin: beginPayment({ ...common, paymentGrantMs: 300_000, longestHoldMs: 2_700_000 }),
    extend: extendBooking({ ...common, extensionMs: 600_000 }),
    change: changeBooking(common),
    confirm: confirmBooking({ ...common, passSignerOf: passSigners.signerOf }),
  };
};
/** What a booking’s owner shows. */
export const owner = (id: string) => ({ manageToken: manageTokens.make(id) });

/** What payment tells when the money for a booking has come. */
export const paymentOf = async (
  pool: Pool,
  bookingId: string,
  changes: Partial<MessageData<'payment.succeeded'>> = {},
): Promise<MessageData<'payment.succeeded'>> => {
  const { rows } = await pool.query(
    `select organiser_id as "organiserId", reference, total_cents as "amountCents", currency
       from bookings where id = $1`,
    [bookingId],
  );
  return {
    paymentId: bookingId,
    bookingId,
    provider: 'stripe',
    providerRef: 'pi_1',
    ...rows[0],
    ...changes,
  };
};
