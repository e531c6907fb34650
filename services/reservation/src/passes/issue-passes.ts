import { newId } from '@guichet/contracts/ids';
import { eventOf, passBody, passCode } from '@guichet/contracts/pass';
import type { Tx } from '@guichet/postgres/transaction';
import { asksNames, type Booking } from '../bookings/booking.ts';
import type { PassSigner } from './pass-signer.ts';
import { passStore } from './pass-store.ts';

type Passed = Pick<Booking, 'id' | 'slotId' | 'startsAt' | 'endsAt' | 'places' | 'quote'>;

const HOUR_MS = 3_600_000;
/** A gate opens before the start, and a delayed boat still takes its passengers. */
const OPENS_BEFORE_MS = 24 * HOUR_MS;
const CLOSES_AFTER_MS = 6 * HOUR_MS;

/**
 * Signs the passes of a booking that is confirmed in this transaction: one for each attendee where
 * names are asked, otherwise one for the whole party. A pass holds no name, so a name that is
 * corrected later leaves it as it is.
 */
export async function issuePasses(tx: Tx, booking: Passed, signer: PassSigner): Promise<string[]> {
  const passes = Array.from({ length: asksNames(booking) ? booking.places : 1 }, () =>
    signPass(booking, signer),
  );
  await passStore(tx).add(booking.id, passes);
  return passes.map(({ code }) => code);
}

function signPass(booking: Passed, signer: PassSigner): { id: string; code: string } {
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
  return { id, code: passCode(body, signer.sign(body)) };
}
