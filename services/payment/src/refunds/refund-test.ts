import type { MessageData } from '@guichet/contracts/messages';
import { createMessage, type Message } from '@guichet/messaging/message';

const about = (id: string) => ({ source: 'reservation', subject: id, sequence: 9 });

const booking = (id: string, totalCents: number) => ({
  bookingId: id,
  reference: 'K7MN-4PQR',
  organiserId: id,
  offeringId: id,
  offeringVersion: 1,
  slotId: id,
  startsAt: '2027-01-01T20:00:00Z',
  endsAt: '2027-01-01T22:00:00Z',
  customerId: null,
  contact: null,
  attendees: [],
  party: { adult: 2 },
  places: 2,
  options: [],
  lines: [],
  taxCents: 0,
  totalCents,
  currency: 'EUR',
  holdExpiresAt: null,
});

/** What reservation tells when money came too late. */
export const refundDue = (
  id: string,
  refundCents: number,
  reason: MessageData<'booking.refund_due'>['reason'] = 'late_payment_unavailable',
): Message =>
  createMessage({
    ...about(id),
    type: 'booking.refund_due',
    data: {
      ...booking(id, refundCents),
      status: 'EXPIRED',
      refundCents,
      reason,
    },
  });

/** What reservation tells when a booking is cancelled that cost nothing. */
export const cancelledAtNoCost = (id: string): Message =>
  createMessage({
    ...about(id),
    type: 'booking.cancelled',
    data: { ...booking(id, 0), status: 'CANCELLED', refundCents: 0 },
  });
