import type { StripeElementsOptionsClientSecret } from '@stripe/stripe-js';
import { createApi, type Result } from '../api.ts';
import { languageOf } from '../words.ts';
import { createElements, groupOf } from './elements.ts';
import { IntegrationError, refuseSecret } from './integration-error.ts';
import { returnTo, takeNextAction } from './next-action.ts';

type ConfirmOptions = {
  elements?: object;
  confirmParams?: { return_url?: string };
  redirect?: 'always' | 'if_required';
};

/** Whoever served this script is Stripe, under whichever name the page found it. */
const { origin } = new URL((document.currentScript as HTMLScriptElement).src);

const refuseReturn = ({ redirect, confirmParams }: ConfirmOptions): void => {
  if (redirect === 'if_required' || confirmParams?.return_url) return;
  throw new IntegrationError(
    'stripe.confirmPayment(): the confirmParams.return_url argument is required, unless redirect is if_required.',
  );
};

const Stripe = (key: string, { locale }: { locale?: string } = {}) => {
  if (!key?.startsWith('pk_')) {
    throw new IntegrationError(
      'Please call Stripe() with your publishable key, which begins with pk_. A secret key must never be in a page.',
    );
  }
  const language = () => languageOf(locale, navigator.language);
  const api = createApi(origin, key, language);

  return {
    elements: (options: StripeElementsOptionsClientSecret) =>
      createElements({ origin, key, api, ...(locale ? { locale } : {}) }, options),

    confirmPayment: async (options: ConfirmOptions): Promise<Result> => {
      refuseReturn(options);
      const { elements, confirmParams = {}, redirect = 'always' } = options;
      const group = groupOf(elements);
      const confirmed = await group.confirm({
        ...confirmParams,
        // Whether the bank is to be asked over this page, or on a page of its own.
        ...(redirect === 'if_required' ? { use_stripe_sdk: true } : {}),
      });
      if (confirmed.error) return confirmed;
      const done = await takeNextAction(confirmed.paymentIntent, api, group.language());
      if (done.error || redirect === 'if_required') return done;
      return returnTo(confirmParams.return_url ?? '', done.paymentIntent);
    },

    retrievePaymentIntent: async (clientSecret: string): Promise<Result> => {
      refuseSecret('stripe.retrievePaymentIntent', clientSecret);
      return api.intent(clientSecret);
    },

    handleNextAction: async ({ clientSecret }: { clientSecret: string }): Promise<Result> => {
      refuseSecret('stripe.handleNextAction', clientSecret);
      const found = await api.intent(clientSecret);
      return found.error ? found : takeNextAction(found.paymentIntent, api, language());
    },
  };
};

Object.assign(window, { Stripe: Object.assign(Stripe, { version: 3 }) });
