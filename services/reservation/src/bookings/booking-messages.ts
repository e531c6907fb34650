import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { Pool } from '@guichet/postgres/pool';
import { hastenFence } from '../holds/fence-hold.ts';
import { type ConfirmBooking, paymentConsumer } from './confirm-booking.ts';

/**
 * What payment tells. A payment that failed or was cancelled changes no booking, since another
 * attempt may follow; one that stands at the fence is looked at again at once.
 */
export const bookingMessages = ({
  pool,
  confirmBooking,
}: {
  pool: Pool;
  confirmBooking: ConfirmBooking;
}) => ({
  consumer: paymentConsumer,
  types: ['payment.succeeded', 'payment.failed', 'payment.cancelled'] as const,
  async handle({ id, type, data }: Message): Promise<void> {
    if (type === 'payment.succeeded') {
      await confirmBooking(id, messageSchemas['payment.succeeded'].parse(data));
    } else {
      const { bookingId } = messageSchemas['payment.cancelled'].parse(data);
      await hastenFence(pool, bookingId);
    }
  },
});
