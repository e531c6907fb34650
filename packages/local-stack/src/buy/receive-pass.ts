import { type Attendee, type BookingView, getBooking } from '@guichet/contracts/bookings';
import { verifyPass } from '@guichet/contracts/pass';
import { bookingPass, passKeys } from '@guichet/contracts/passes';
import type { Buyer, Placed } from './buyer.ts';
import { poll } from './poll.ts';
import { CannotBuy } from './read-stack.ts';

/** What is promised of a purchase on one machine. */
const confirmedWithinMs = 2_000;
const mailedWithinMs = 5_000;

const judge = (buyer: Buyer, what: string, tookMs: number, promisedMs: number): string => {
  if (tookMs <= promisedMs) return `${tookMs} ms after the payment (promised: ${promisedMs})`;
  const late = `${what} came ${tookMs} ms after the payment; ${promisedMs} were promised.`;
  buyer.broken.push(late);
  return late;
};

export const awaitConfirmation = (buyer: Buyer, { id, manageToken }: Placed, paidAt: number) =>
  buyer.step('Confirmation', async () => {
    const { value } = await poll('The confirmation', async () => {
      const booking = await buyer.api.call(getBooking, { params: { id }, manageToken });
      return booking.status === 'PENDING' ? undefined : booking;
    });
    if (value.status !== 'CONFIRMED') {
      throw new CannotBuy(`It was paid, but ${value.reference} is ${value.status}.`);
    }
    const tookMs = Math.round(performance.now() - paidAt);
    const when = judge(buyer, 'The confirmation', tookMs, confirmedWithinMs);
    return { value, says: `${value.reference} is CONFIRMED, ${when}` };
  });

type Mail = {
  id: string;
  subject: string;
  template: string | null;
  language: string | null;
  text: string;
  attachments: { name: string; contentType: string }[];
};

const isConfirmation = ({ text, attachments }: Mail, { reference }: BookingView): boolean =>
  text.includes(reference) &&
  attachments.some(({ contentType }) => contentType.startsWith('text/calendar'));

const fullName = ({ firstName, lastName }: Attendee): string => `${firstName} ${lastName}`;

export const awaitMail = (buyer: Buyer, booking: BookingView, email: string, paidAt: number) =>
  buyer.step('E-mail', async () => {
    const { inbox } = buyer.stack;
    const { value } = await poll('The e-mail', async () => {
      const answer = await buyer.fetch(new URL(`/messages?to=${encodeURIComponent(email)}`, inbox));
      const { items } = (await answer.json()) as { items: Mail[] };
      return items.find((mail) => isConfirmation(mail, booking));
    });
    const when = judge(buyer, 'The e-mail', Math.round(performance.now() - paidAt), mailedWithinMs);
    const unnamed = booking.attendees.map(fullName).filter((name) => !value.text.includes(name));
    for (const name of unnamed) buyer.broken.push(`The e-mail does not name ${name}.`);
    const names = value.attachments.map(({ name }) => name).join(', ');
    const link = new URL(`/?message=${value.id}`, inbox);
    return {
      value,
      says: `“${value.subject}” with ${names}, ${when}. Read it: ${link}`,
    };
  });

export const verifyPasses = (buyer: Buyer, booking: BookingView, manageToken: string) =>
  buyer.step('Pass', async () => {
    const { passes } = await buyer.api.call(bookingPass, {
      params: { id: booking.id },
      manageToken,
    });
    const { keys } = await buyer.api.call(passKeys, { params: { id: booking.organiserId } });

    const verdicts = await Promise.all(
      passes.map((code) => verifyPass(code, { keys, slotId: booking.slotId })),
    );
    const refused = verdicts.find((verdict) => !verdict.ok);
    if (refused && !refused.ok) throw new CannotBuy(`The pass does not verify: ${refused.fault}.`);
    const expected = booking.asksNames ? booking.places : 1;
    const tickets = new Set(verdicts.map((verdict) => verdict.ok && verdict.pass.ticketId));
    if (tickets.size !== expected) {
      throw new CannotBuy(`There should be ${expected} different passes, not ${tickets.size}.`);
    }
    const paid = verdicts.every((verdict) => verdict.ok && verdict.pass.paid);
    return {
      value: passes,
      says: `${expected} ${expected === 1 ? 'pass' : 'passes'} verified with the organiser’s public keys alone, ${paid ? 'paid' : 'not paid'}`,
    };
  });
