import { randomUUID } from 'node:crypto';
import { changeBooking } from '@guichet/contracts/booking-changes';
import { placeBooking } from '@guichet/contracts/bookings';
import { beginPaying } from '@guichet/contracts/payments';
import { quoteOffering } from '@guichet/contracts/quotes';
import { inLanguage } from '@guichet/contracts/shapes';
import { type Buyer, type Chosen, clock, money, type Placed } from './buyer.ts';
import { findOfferings, findSlot, partyFor, placesOf, sellingTo } from './choose-offering.ts';
import { CannotBuy } from './read-stack.ts';

/** The first offering, of those that were asked for, with a slot that has the places. */
export const chooseSlot = ({ api, choices, step }: Buyer): Promise<Chosen> =>
  step('Availability', async () => {
    const found = await findOfferings(api, choices.offering, choices.language);
    for (const offering of sellingTo(found, choices)) {
      const party = partyFor(offering, choices);
      const slot = await findSlot(api, offering, placesOf(offering, party));
      if (!slot) continue;
      const title = inLanguage(offering.title, choices.language);
      const says = `${title}, ${slot.startsAt}: ${slot.remaining} places left`;
      return { value: { offering, slot, party }, says };
    }
    throw new CannotBuy('No slot has that many places left. Try another OFFERING or PARTY.');
  });

export const askQuote = ({ api, choices, step }: Buyer, { offering, slot, party }: Chosen) =>
  step('Quote', async () => {
    const value = await api.call(quoteOffering, {
      params: { id: offering.id },
      body: { slotId: slot.slotId, party, options: choices.options },
    });
    const people = Object.entries(party)
      .map(([fare, count]) => `${count} × ${fare}`)
      .join(', ');
    const price = money(value.totalCents, value.currency);
    return { value, says: `${people}: ${price}, good until ${clock(value.expiresAt)} UTC` };
  });

export const takePlaces = ({ api, choices, step }: Buyer, quote: string): Promise<Placed> =>
  step('Booking', async () => {
    // An address of its own, so that the mail of this purchase is found among others.
    const email = `ada.${randomUUID().slice(0, 8)}@example.com`;
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace', language: choices.language };
    const placed = await api.call(placeBooking, {
      idempotencyKey: randomUUID(),
      body: { quote, contact },
    });
    return {
      value: { ...placed, email },
      says: `${placed.reference} is ${placed.status}; its places are held until ${clock(placed.holdExpiresAt)} UTC`,
    };
  });

const firstNames = ['Ada', 'Grace', 'Mary', 'Emmy', 'Sophie', 'Hedy'];

/** Names for each place: as an offering asks for them before anything can be paid. */
export const nameAttendees = (
  { api, step }: Buyer,
  { offering, party }: Chosen,
  { id, manageToken, reference }: Placed,
) =>
  step('Attendees', async () => {
    const attendees = Array.from({ length: placesOf(offering, party) }, (_, at) => ({
      firstName: firstNames[at % firstNames.length] ?? '',
      lastName: 'Lovelace',
    }));
    const value = await api.call(changeBooking, {
      params: { id },
      manageToken,
      body: { attendees },
    });
    const named = value.attendees.map(({ firstName }) => firstName).join(', ');
    return { value, says: `${reference} is for ${named}: a pass each` };
  });

export const beginPayment = ({ api, step }: Buyer, { id, manageToken }: Placed) =>
  step('Payment', async () => {
    const value = await api.call(beginPaying, {
      manageToken,
      idempotencyKey: randomUUID(),
      body: { bookingId: id, method: 'card' },
    });
    const says =
      value.provider === 'none'
        ? `${value.status}: it costs nothing, so no card is asked for`
        : `${value.status} at ${value.provider}; the card goes there, not here`;
    return { value, says };
  });
