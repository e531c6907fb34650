import type { Message } from '@guichet/messaging/message';
import type { Metrics } from '@guichet/telemetry/metrics';

/** Counts what payments came to, by the facts that tell of it: a decline is `failed`, and no end. */
export function countPayments(metrics: Metrics): (messages: readonly Message[]) => void {
  const processed = metrics.counter({
    name: 'payment_processed_total',
    help: 'What payments came to',
    labelNames: ['status'],
  });
  return (messages) => {
    for (const { type } of messages) processed.inc({ status: type.replace('payment.', '') });
  };
}
