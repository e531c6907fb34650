import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { KnownStore } from '../offerings/known-store.ts';
import type { BookingMails } from './booking-mails.ts';

/** Every fact about a booking is kept, for whom to tell what comes later; some are told at once. */
export const bookingMessages = ({ known, mails }: { known: KnownStore; mails: BookingMails }) => ({
  consumer: 'notification.bookings',
  types: ['booking.confirmed', 'booking.cancelled', 'booking.refund_due', 'payment.refunded'],
  async handle(fact: Message): Promise<void> {
    const { id, type, subject, sequence, data } = fact;
    if (type === 'payment.refunded') {
      return mails.refunded(id, messageSchemas['payment.refunded'].parse(data));
    }
    if (type === 'booking.confirmed') {
      const booking = messageSchemas['booking.confirmed'].parse(data);
      // The capability, the passes and whose they are, are for the e-mail alone, and not kept.
      const { manageToken: _, passes: __, attendees: ___, ...state } = booking;
      await known.bookings.keep(subject, sequence, state);
      return mails.confirmed(fact, booking);
    }
    if (type === 'booking.cancelled') {
      const { attendees: _, ...booking } = messageSchemas['booking.cancelled'].parse(data);
      await known.bookings.keep(subject, sequence, booking);
      return mails.cancelled(id, booking);
    }
    const { attendees: _, ...booking } = messageSchemas['booking.refund_due'].parse(data);
    await known.bookings.keep(subject, sequence, booking);
    return mails.late(id, booking);
  },
});
