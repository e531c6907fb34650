import { type MessageData, messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { KnownBooking, KnownStore } from '../offerings/known-store.ts';
import type { BookingMails } from './booking-mails.ts';

/**
 * Asked for once more, by a fact of its own: whoever was told before is told again. Apart from the
 * others, so that a replica of the release before is not handed what it does not know.
 */
export const confirmationMessages = ({
  known,
  mails,
}: {
  known: KnownStore;
  mails: BookingMails;
}) => ({
  consumer: 'notification.confirmations',
  types: ['booking.confirmation_asked'],
  async handle(fact: Message): Promise<void> {
    const booking = messageSchemas['booking.confirmation_asked'].parse(fact.data);
    await known.bookings.keep(fact.subject, fact.sequence, stateToKeep(booking));
    await mails.confirmedAgain(fact, booking);
  },
});

/** The capability, the passes and whose they are, are for the e-mail alone, and not kept. */
function stateToKeep(booking: MessageData<'booking.confirmed'>): KnownBooking {
  const { manageToken: _, passes: __, attendees: ___, ...state } = booking;
  return state;
}

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
      await known.bookings.keep(subject, sequence, stateToKeep(booking));
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
