import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { GiveBack } from './give-back.ts';

/** Money that reservation says is due back. One refund a booking and kind, however often it says so. */
export const refundMessages = ({ store, refunds }: { store: PaymentStore; refunds: GiveBack }) => ({
  consumer: 'payment.refunds',
  types: ['booking.cancelled', 'booking.refund_due'],
  async handle({ type, data }: Message): Promise<void> {
    const { bookingId, refundCents, reason } = dueBack(type, data);
    if (refundCents === 0 || !(await store.find(bookingId))) return;

    await refunds.refund(bookingId, { id: type, amountCents: refundCents, reason });
  },
});

const dueBack = (type: string, data: unknown) =>
  type === 'booking.refund_due'
    ? messageSchemas['booking.refund_due'].parse(data)
    : { ...messageSchemas['booking.cancelled'].parse(data), reason: 'booking_cancelled' };
