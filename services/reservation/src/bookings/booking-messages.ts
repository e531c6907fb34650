import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import { hastenFence } from '../holds/fence-hold.ts';
import { type ConfirmBooking, paymentConsumer } from './confirm-booking.ts';
import type { MeasureMoney } from './measure-money.ts';

/**
 * What payment tells. A payment that failed or was cancelled changes no booking, since another
 * attempt may follow; one that stands at the fence is looked at again at once.
 */
export const bookingMessages = ({
  pool,
  confirmBooking,
  measure,
  logger,
}: {
  pool: Pool;
  confirmBooking: ConfirmBooking;
  measure: MeasureMoney;
  logger: Logger;
}) => ({
  consumer: paymentConsumer,
  types: ['payment.succeeded', 'payment.failed', 'payment.cancelled'] as const,
  async handle({ id, type, time, data }: Message): Promise<void> {
    if (type === 'payment.succeeded') {
      const settled = await confirmBooking(id, messageSchemas['payment.succeeded'].parse(data));
      if (!settled) return;
      measure(settled, Date.parse(time));
      const { booking, outcome } = settled;
      logger.info({ bookingId: booking.id, outcome }, 'a booking is settled by its money');
    } else {
      const { bookingId } = messageSchemas['payment.cancelled'].parse(data);
      await hastenFence(pool, bookingId);
    }
  },
});
