import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { GiveBack } from './give-back.ts';

/** Money that reservation says is due back. One refund a booking and kind, however often it says so. */
export const refundMessages = ({ store, refunds }: { store: PaymentStore; refunds: GiveBack }) => ({
  consumer: 'payment.refunds',
  types: ['booking.cancelled', 'booking.refund_due'],
  async handle({ type, data }: Message): Promise<void> {
    const schema =
      type === 'booking.refund_due'
        ? messageSchemas['booking.refund_due']
        : messageSchemas['booking.cancelled'];
    const { bookingId, refundCents } = schema.parse(data);
    if (refundCents === 0 || !(await store.find(bookingId))) return;

    const reason = type === 'booking.refund_due' ? 'late_payment_unavailable' : 'booking_cancelled';
    await refunds.refund(bookingId, { id: type, amountCents: refundCents, reason });
  },
});
