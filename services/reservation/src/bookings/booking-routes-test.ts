import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Ask, Reservation } from '../reservation-server-test.ts';
import { aContact } from '../reservation-test.ts';

/** Asks to place a booking by a quote of these claims. */
export const book = async (reservation: Reservation, claims: QuoteClaims, ask: Ask = {}) =>
  reservation.ask('POST', '/api/bookings', {
    key: newId(),
    json: { quote: await reservation.quote(claims), contact: aContact },
    ...ask,
  });
