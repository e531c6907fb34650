import { Refusal } from '@guichet/contracts/refusal';
import Stripe from 'stripe';
import type { PaymentRefusal } from '../payments/payment.ts';

/** The real SDK; `apiUrl` leads it to a stand-in. Every call ends: three tries of eight seconds. */
export function createStripe({
  secretKey,
  apiUrl,
}: {
  secretKey: string;
  apiUrl?: string | undefined;
}): Stripe {
  const url = apiUrl ? new URL(apiUrl) : undefined;
  return new Stripe(secretKey, {
    maxNetworkRetries: 2,
    timeout: 8_000,
    telemetry: false,
    ...(url
      ? {
          host: url.hostname,
          port: url.port || (url.protocol === 'https:' ? '443' : '80'),
          protocol: url.protocol === 'https:' ? ('https' as const) : ('http' as const),
        }
      : {}),
  });
}

/** What passes by itself, and says nothing of the request. */
const isOutage = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeAPIError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  // Somebody else is using the same key at this moment.
  error instanceof Stripe.errors.StripeIdempotencyError;

/** Runs a call to the provider; an outage becomes a refusal that says to try again. */
export async function asking<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!isOutage(error)) throw error;
    throw new Refusal<PaymentRefusal>(
      'provider_unavailable',
      'The payment provider does not answer at the moment. Try again in a few seconds.',
      { headers: { 'retry-after': '3' } },
    );
  }
}
