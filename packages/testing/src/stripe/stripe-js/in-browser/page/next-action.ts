import type { PaymentIntent, StripeError } from '@stripe/stripe-js';
import type { Api, Result } from '../api.ts';
import { inWords, type Language, words } from '../words.ts';
import { askBank } from './bank-dialog.ts';

/** The page is left, so there is nothing to go on with. */
const goTo = (url: URL): Promise<never> => {
  location.assign(url);
  return new Promise(() => {});
};

/** The page that a customer comes back to is told whose payment it was. */
export const returnTo = (returnUrl: string, intent: PaymentIntent): Promise<never> => {
  const url = new URL(returnUrl, location.href);
  const status = intent.status === 'processing' ? 'pending' : 'succeeded';
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  url.searchParams.set('redirect_status', status);
  return goTo(url);
};

const isOver = ({ status }: PaymentIntent): boolean =>
  ['succeeded', 'processing', 'requires_capture'].includes(status);

const inLanguage = (address: string, language: Language): URL => {
  const url = new URL(address);
  url.searchParams.set('locale', language);
  return url;
};

/** Does what the intent asks of the customer, and says how the payment stands then. */
export const takeNextAction = async (
  intent: PaymentIntent,
  api: Api,
  language: Language,
): Promise<Result> => {
  const { next_action: next } = intent;
  if (next?.redirect_to_url?.url) return goTo(inLanguage(next.redirect_to_url.url, language));
  const { stripe_js: url } = (next?.use_stripe_sdk ?? {}) as { stripe_js?: string };
  if (!url) return { paymentIntent: intent };

  await askBank(inLanguage(url, language), words[language].bank);
  const answer = await api.intent(intent.client_secret ?? '');
  if (answer.error || isOver(answer.paymentIntent)) return answer;
  const { last_payment_error: failure } = answer.paymentIntent;
  if (!failure) return answer;
  const error = { ...failure, payment_intent: answer.paymentIntent } as StripeError;
  return { error: inWords(error, language) };
};
