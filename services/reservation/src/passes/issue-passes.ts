import { newId } from '@guichet/contracts/ids';
import { eventOf, passBody, passCode } from '@guichet/contracts/pass';
import type { Tx } from '@guichet/postgres/transaction';
import type { Booking } from '../bookings/booking.ts';
import type { PassSigner } from './pass-signer.ts';
import { passStore } from './pass-store.ts';

const HOUR_MS = 3_600_000;
/** A gate opens before the start, and a delayed boat still takes its passengers. */
const OPENS_BEFORE_MS = 24 * HOUR_MS;
const CLOSES_AFTER_MS = 6 * HOUR_MS;

/** Signs the pass of a booking that is confirmed in this transaction: one for the whole party. */
export async function issuePasses(
  tx: Tx,
  booking: Pick<Booking, 'id' | 'slotId' | 'startsAt' | 'endsAt'>,
  signer: PassSigner,
): Promise<string[]> {
  const id = newId();
  const body = passBody({
    kid: signer.kid,
    event: eventOf(booking.slotId),
    ticketId: id,
    fareClass: 0,
    notBefore: new Date(booking.startsAt.getTime() - OPENS_BEFORE_MS),
    notAfter: new Date(booking.endsAt.getTime() + CLOSES_AFTER_MS),
    paid: true,
  });
  const code = passCode(body, signer.sign(body));
  await passStore(tx).add({ id, bookingId: booking.id, code });
  return [code];
}
