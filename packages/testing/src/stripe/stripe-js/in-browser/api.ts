import type { PaymentIntent, StripeError } from '@stripe/stripe-js';
import type { Language } from './words.ts';
import { inWords, words } from './words.ts';

/** What Stripe.js answers a page: never a rejection, as long as the page's own code is right. */
export type Result =
  | { paymentIntent: PaymentIntent; error?: undefined }
  | { error: StripeError; paymentIntent?: undefined };

/** Nested parameters as Stripe's API takes them: `a[b]=…`. */
const flat = (value: unknown, name = ''): [string, string][] => {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, name ? `${name}[${key}]` : key),
  );
};

export type Api = {
  intent(clientSecret: string): Promise<Result>;
  confirm(clientSecret: string, params: object): Promise<Result>;
};

const intentId = (clientSecret: string): string => clientSecret.split('_secret_')[0] ?? '';

/** The calls that a page may make, with the publishable key and an intent's client secret. */
export const createApi = (origin: string, key: string, language: () => Language): Api => {
  const call = async (path: string, params: object, init: RequestInit = {}): Promise<Result> => {
    const form = new URLSearchParams(flat({ key, ...params }));
    const url = `${origin}/v1/payment_intents/${path}`;
    try {
      const answer = await (init.method === 'POST'
        ? fetch(url, { ...init, body: form })
        : fetch(`${url}?${form}`, init));
      const body = await answer.json();
      if (answer.ok) return { paymentIntent: body as PaymentIntent };
      return { error: inWords(body.error as StripeError, language()) };
    } catch {
      const message = words[language()].api_connection_error;
      return { error: { type: 'api_connection_error', message } };
    }
  };

  return {
    intent: (clientSecret) => call(intentId(clientSecret), { client_secret: clientSecret }),
    confirm: (clientSecret, params) =>
      call(
        `${intentId(clientSecret)}/confirm`,
        { client_secret: clientSecret, ...params },
        { method: 'POST' },
      ),
  };
};
