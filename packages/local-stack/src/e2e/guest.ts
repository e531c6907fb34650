import { randomUUID } from 'node:crypto';
import { cancelBooking } from '@guichet/contracts/booking-changes';
import {
  type BookingStatus,
  type BookingView,
  getBooking,
  placeBooking,
} from '@guichet/contracts/bookings';
import type { Answer, Client } from '@guichet/contracts/client';
import { beginPaying, getPayment } from '@guichet/contracts/payments';
import { quoteOffering } from '@guichet/contracts/quotes';
import type { Language } from '@guichet/contracts/shapes';
import type { Stack } from '../buy/read-stack.ts';
import { type CardAnswer, confirmCard } from '../buy/stripe-card.ts';
import { eventually } from './eventually.ts';
import type { OpenSlot } from './organiser.ts';

export type Placed = Answer<typeof placeBooking> & { email: string };

export type Mail = {
  subject: string;
  template: string | null;
  language: string | null;
  text: string;
  html: string;
  attachments: { name: string; contentType: string; url: string }[];
};

/** Somebody without an account, who buys by the public API and pays at the Stripe stand-in. */
export const createGuest = (api: Client, stack: Stack) => {
  const quote = async (slot: OpenSlot, party: Record<string, number> = { adult: 1 }) => {
    const { quote } = await api.call(quoteOffering, {
      params: { id: slot.offeringId },
      body: { slotId: slot.slotId, party },
    });
    return quote;
  };

  const place = async (
    quote: string,
    { key = randomUUID(), language = 'en' }: { key?: string; language?: Language } = {},
  ): Promise<Placed> => {
    const email = `guest.${key.slice(0, 8)}@example.com`;
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace', language };
    const placed = await api.call(placeBooking, {
      idempotencyKey: key,
      body: { quote, contact },
    });
    return { ...placed, email };
  };

  const beginPayment = ({ id, manageToken }: Placed, key: string = randomUUID()) =>
    api.call(beginPaying, {
      manageToken,
      idempotencyKey: key,
      body: { bookingId: id, method: 'card' },
    });

  /** Begins to pay what costs something, by card. */
  const beginCard = async (placed: Placed, key?: string) => {
    const begun = await beginPayment(placed, key);
    if (begun.provider !== 'stripe') throw new Error(`${placed.reference} costs nothing.`);
    return begun;
  };

  const show = ({ id, manageToken }: Placed): Promise<BookingView> =>
    api.call(getBooking, { params: { id }, manageToken });

  return {
    quote,
    place,
    beginPayment,
    beginCard,
    show,

    confirm: (clientSecret: string, card = '4242424242424242'): Promise<CardAnswer> =>
      confirmCard(stack, fetch, { clientSecret, card }),

    cancel: ({ id, manageToken }: Placed) =>
      api.call(cancelBooking, { params: { id }, manageToken }),

    payment: ({ id, manageToken }: Placed) => api.call(getPayment, { params: { id }, manageToken }),

    /** Waits until the booking has the status, and answers it. */
    until: (placed: Placed, status: BookingStatus): Promise<BookingView> =>
      eventually(async () => {
        const booking = await show(placed);
        if (booking.status !== status) throw new Error(`It is ${booking.status}.`);
        return booking;
      }),

    untilRefunded: ({ id, manageToken }: Placed) =>
      eventually(async () => {
        const { status } = await api.call(getPayment, { params: { id }, manageToken });
        if (status !== 'refunded') throw new Error(`It is ${status}.`);
      }),

    /** Waits for mail of these templates to the guest, oldest first. */
    mails: (email: string, count: number): Promise<Mail[]> =>
      eventually(async () => {
        const answer = await fetch(
          new URL(`/messages?to=${encodeURIComponent(email)}`, stack.inbox),
        );
        const { items } = (await answer.json()) as { items: Mail[] };
        if (items.length < count) throw new Error(`${items.length} mails, not ${count}.`);
        return items.reverse();
      }),
  };
};
export type Guest = ReturnType<typeof createGuest>;
