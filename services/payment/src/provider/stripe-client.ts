import { Refusal } from '@guichet/contracts/refusal';
import {
  isTimeout,
  type ProviderCalls,
  type ProviderOutcome,
} from '@guichet/telemetry/provider-calls';
import Stripe from 'stripe';
import type { PaymentRefusal } from '../payments/payment.ts';

/** 409: somebody else is using the same key at this moment; 429: too much is asked at once. */
const passing = new Set([409, 429]);

function outcomeOf(status: number | undefined, error: unknown): ProviderOutcome {
  if (status === undefined) return isTimeout(error) ? 'timeout' : 'failed';
  if (status >= 500 || passing.has(status)) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

/** Each request that the SDK makes is measured, those that it makes again included. */
function measured(calls: ProviderCalls) {
  const client = Stripe.createNodeHttpClient();
  return {
    getClientName: () => client.getClientName(),
    makeRequest: (...request: Parameters<typeof client.makeRequest>) =>
      calls(
        () => client.makeRequest(...request),
        (response, error) => outcomeOf(response?.getStatusCode(), error),
      ),
  };
}

/** The real SDK; `apiUrl` leads it to a stand-in. Every call ends: three tries of eight seconds. */
export function createStripe({
  secretKey,
  apiUrl,
  calls,
}: {
  secretKey: string;
  apiUrl?: string | undefined;
  calls: ProviderCalls;
}): Stripe {
  const url = apiUrl ? new URL(apiUrl) : undefined;
  return new Stripe(secretKey, {
    maxNetworkRetries: 2,
    timeout: 8_000,
    telemetry: false,
    httpClient: measured(calls),
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
