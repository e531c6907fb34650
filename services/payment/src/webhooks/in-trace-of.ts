import { inConsumerSpan } from '@guichet/telemetry/trace';
import type { Payment } from '../payments/payment.ts';

/**
 * Does what follows from news of an intent in the trace of who began to pay it, so that one trace
 * leads from the customer's request to their e-mail. `messageId` is what brought the news.
 */
export function inTraceOf<T>(
  payment: Payment | null,
  { intentId, messageId }: { intentId: string; messageId: string },
  work: () => Promise<T>,
): Promise<T> {
  const attempts = payment?.attempts ?? [];
  // The answer to its creation may be lost: then the last is the one that waits.
  const attempt = attempts.find((one) => one.intentId === intentId) ?? attempts.at(-1);
  return inConsumerSpan(
    { traceparent: attempt?.traceparent, consumer: 'payment.provider_events', messageId },
    work,
  );
}
