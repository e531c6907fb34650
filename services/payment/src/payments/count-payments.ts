import type { Message } from '@guichet/messaging/message';
import type { Metrics } from '@guichet/telemetry/metrics';

type Told = { amountCents: number; refundCents?: number; currency: string };

/**
 * Counts what payments came to, by the facts that tell of it: a decline is `failed`, and no end. And
 * the money that came and went by them.
 */
export function countPayments(metrics: Metrics): (messages: readonly Message[]) => void {
  const processed = metrics.counter({
    name: 'payment_processed_total',
    help: 'What payments came to',
    labelNames: ['status'],
  });
  const paid = metrics.counter({
    name: 'guichet_paid_cents_total',
    help: 'Money that came, in cents',
    labelNames: ['currency'],
  });
  const refunded = metrics.counter({
    name: 'guichet_refunded_cents_total',
    help: 'Money that went back, in cents',
    labelNames: ['currency'],
  });
  return (messages) => {
    for (const { type, data } of messages) {
      processed.inc({ status: type.replace('payment.', '') });
      const { amountCents, refundCents = 0, currency } = data as Told;
      if (type === 'payment.succeeded') paid.inc({ currency }, amountCents);
      if (type === 'payment.refunded') refunded.inc({ currency }, refundCents);
    }
  };
}
