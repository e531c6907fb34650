import { CannotBuy, type Stack } from './read-stack.ts';

export type CardAnswer =
  | { outcome: 'succeeded' | 'processing' }
  | { outcome: 'declined'; code: string; message: string }
  | { outcome: 'authentication'; url: string };

type StripeAnswer = {
  status?: string;
  next_action?: {
    redirect_to_url?: { url: string };
    use_stripe_sdk?: { stripe_js: string };
  } | null;
  error?: { type: string; code?: string; decline_code?: string; message: string };
};

const methodParams = (card: string): Record<string, string> =>
  card.startsWith('pm_')
    ? { payment_method: card }
    : {
        'payment_method_data[type]': 'card',
        'payment_method_data[card][number]': card,
        'payment_method_data[card][exp_month]': '12',
        'payment_method_data[card][exp_year]': '2034',
        'payment_method_data[card][cvc]': '123',
      };

const answerOf = ({ status, next_action, error }: StripeAnswer): CardAnswer => {
  if (error?.type === 'card_error') {
    const code = error.decline_code ?? error.code ?? 'card_declined';
    return { outcome: 'declined', code, message: error.message };
  }
  if (error) throw new CannotBuy(`Stripe refused the request: ${error.message}`);

  const url = next_action?.redirect_to_url?.url ?? next_action?.use_stripe_sdk?.stripe_js;
  if (status === 'requires_action' && url) return { outcome: 'authentication', url };
  if (status === 'succeeded' || status === 'processing') return { outcome: status };
  throw new CannotBuy(`Stripe left the payment in the state ${status}, which nobody expected.`);
};

/** Confirms as Stripe.js does in a page: with the publishable key and the client secret. */
export const confirmCard = async (
  { stripe }: Stack,
  fetch: typeof globalThis.fetch,
  { clientSecret, card }: { clientSecret: string; card: string },
): Promise<CardAnswer> => {
  const [intentId = ''] = clientSecret.split('_secret_');
  const response = await fetch(
    new URL(`/v1/payment_intents/${encodeURIComponent(intentId)}/confirm`, stripe.api),
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stripe.publishableKey}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: String(new URLSearchParams({ client_secret: clientSecret, ...methodParams(card) })),
    },
  );
  return answerOf((await response.json()) as StripeAnswer);
};

/** Says yes on the bank's page of the stand-in. */
export const authenticate = async (
  fetch: typeof globalThis.fetch,
  url: string,
): Promise<string> => {
  const page = new URL(url);
  const response = await fetch(new URL(`${page.pathname}/authenticate`, page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(
      new URLSearchParams({ client_secret: page.searchParams.get('client_secret') ?? '' }),
    ),
  });
  const { status } = (await response.json()) as { status: string };
  return status;
};
