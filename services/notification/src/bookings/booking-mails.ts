import type { Attendee } from '@guichet/contracts/bookings';
import type { MessageData } from '@guichet/contracts/messages';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import type { Message } from '@guichet/messaging/message';
import { bookingCalendar } from '@guichet/ticket/calendar';
import { passPng } from '@guichet/ticket/qr';
import type { Attachment } from '../mailers/mailer.ts';
import type { SendMail } from '../mails/send-mail.ts';
import type { KnownBooking, KnownOffering, KnownStore } from '../offerings/known-store.ts';
import { money } from '../templates/format.ts';
import type { TemplateName } from '../templates/template.ts';
import { pricedLines, ticketOf } from './ticket.ts';

type Fact = Pick<Message, 'id' | 'sequence' | 'time'>;
type Confirmed = MessageData<'booking.confirmed'>;
type RefundDue = MessageData<'booking.refund_due'>;
type Told = { readonly booking: KnownBooking; readonly eventId: string };

/** The e-mails about one booking, each in its language. */
export function bookingMails({
  known,
  send,
  onConfirmed,
  publicUrl,
}: {
  known: KnownStore;
  send: SendMail;
  /** Told when the e-mail that confirms a booking has gone out, with the time of its fact. */
  onConfirmed: (confirmedAt: string) => void;
  publicUrl: string;
}) {
  /** What every e-mail about a booking begins with; nothing for a booking that nobody is behind. */
  async function about({ booking, eventId }: Told) {
    const { contact } = booking;
    if (!contact) return undefined;
    const offering = await known.offerings.find(booking.offeringId);
    // Its publication is still on its way: the message comes again.
    if (!offering) throw new Error(`offering ${booking.offeringId} is not known yet`);

    const { language } = contact;
    return {
      offering,
      ticket: ticketOf(booking, offering, language),
      amount: (cents: number) => money(cents, booking.currency, language),
      mail: { eventId, recipient: contact.email, language },
      firstName: contact.firstName,
      language,
    };
  }

  /** The e-mail that confirms a booking; what it was told with, for what follows. */
  async function confirm(fact: Fact, booking: Confirmed) {
    const told = await about({ booking, eventId: fact.id });
    if (!told) return undefined;
    const { mail, ticket, firstName, language, offering } = told;
    const passes = passPictures(booking.passes);

    const isSent = await send({
      ...mail,
      template: 'booking_confirmed',
      attachments: [...passes, calendarOf(fact, booking, offering, language)],
      data: {
        firstName,
        ticket,
        passes: passes.map(({ contentId, name }, at) => ({
          contentId,
          file: name,
          attendee: nameOf(booking.attendees[at]),
        })),
        manageUrl: `${publicUrl}/bookings/${booking.bookingId}#${booking.manageToken}`,
      },
    });
    return { ...told, isSent };
  }

  return {
    /** Once more, and without the receipt: nothing was paid again. */
    async confirmedAgain(fact: Fact, booking: Confirmed) {
      await confirm(fact, booking);
    },
    async confirmed(fact: Fact, booking: Confirmed) {
      const told = await confirm(fact, booking);
      if (!told) return;
      const { mail, ticket, firstName, language, offering, amount, isSent } = told;
      if (isSent) onConfirmed(fact.time);
      // Nobody thanks for a payment, or accounts for one, that was none.
      if (booking.totalCents === 0) return;
      await send({
        ...mail,
        template: 'receipt',
        data: {
          firstName,
          ticket,
          lines: pricedLines(booking, offering, language),
          total: amount(booking.totalCents),
          tax: amount(booking.taxCents),
        },
      });
    },
    async cancelled(eventId: string, booking: KnownBooking & { refundCents: number }) {
      const told = await about({ booking, eventId });
      if (!told) return;
      const { mail, ticket, firstName, amount } = told;
      const refund = booking.refundCents > 0 ? amount(booking.refundCents) : null;
      const aboutMoney = booking.totalCents > 0 ? { refund } : {};
      await send({
        ...mail,
        template: 'booking_cancelled',
        data: { firstName, ticket, ...aboutMoney },
      });
    },
    async late(eventId: string, booking: KnownBooking & Pick<RefundDue, 'refundCents' | 'reason'>) {
      const told = await about({ booking, eventId });
      if (!told) return;
      const { mail, ticket, firstName, amount } = told;
      await send({
        ...mail,
        template: lateTemplates[booking.reason],
        data: { firstName, ticket, amount: amount(booking.refundCents) },
      });
    },
    async refunded(eventId: string, { bookingId, refundCents }: MessageData<'payment.refunded'>) {
      const booking = await known.bookings.find(bookingId);
      if (!booking) throw new Error(`booking ${bookingId} is not known yet`);
      const told = await about({ booking, eventId });
      if (!told) return;
      const { mail, ticket, firstName, amount } = told;
      await send({
        ...mail,
        template: 'refund',
        data: { firstName, ticket, amount: amount(refundCents) },
      });
    },
  };
}
export type BookingMails = ReturnType<typeof bookingMails>;

/** The customer cancelled, or lost the places to somebody else: not the same news. */
const lateTemplates = {
  late_payment_unavailable: 'late_payment',
  late_payment_cancelled: 'late_payment_cancelled',
} as const satisfies Record<RefundDue['reason'], TemplateName>;

/** A pass is its attendee's in their order; where names are not asked, it is nobody's own. */
const nameOf = (attendee: Attendee | undefined): string | null =>
  attendee ? `${attendee.firstName} ${attendee.lastName}` : null;

const passPictures = (passes: readonly string[]): (Attachment & { contentId: string })[] =>
  passes.map((pass, at) => ({
    name: `pass-${at + 1}.png`,
    contentType: 'image/png',
    contentId: `pass-${at + 1}`,
    content: passPng(pass),
  }));

/** Made of the fact alone: a second attempt is the same bytes, as a provider's key demands. */
function calendarOf(
  { sequence, time }: Fact,
  booking: KnownBooking,
  { offering }: KnownOffering,
  language: Language,
): Attachment {
  const text = bookingCalendar({
    bookingId: booking.bookingId,
    reference: booking.reference,
    sequence,
    writtenAt: new Date(time),
    startsAt: new Date(booking.startsAt),
    endsAt: new Date(booking.endsAt),
    title: inLanguage(offering.title, language),
    venue: offering.venue,
  });
  return {
    name: `${booking.reference}.ics`,
    contentType: 'text/calendar',
    content: Buffer.from(text),
  };
}
