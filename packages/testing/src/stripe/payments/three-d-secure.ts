import type Stripe from 'stripe';
import { invalidRequest } from '../api-error.ts';
import type { Work } from '../work.ts';
import { chargeCard, failAttempt } from './charging.ts';
import { getMethod } from './payment-methods.ts';

/** Where the customer goes to show the bank who pays. */
export const authenticationStep = (
  { baseUrl }: Work,
  intent: Stripe.PaymentIntent,
  returnUrl: string | null,
): Stripe.PaymentIntent.NextAction => {
  const secret = encodeURIComponent(intent.client_secret ?? '');
  const back = returnUrl === null ? '' : `&return_url=${encodeURIComponent(returnUrl)}`;
  const url = `${baseUrl}/three-d-secure/${intent.id}?client_secret=${secret}${back}`;
  return returnUrl === null
    ? {
        type: 'use_stripe_sdk',
        use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url },
      }
    : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
};

/** What the bank heard from the customer. An intent that waits for nothing is left as it is. */
export const answerAuthentication = (
  work: Work,
  intent: Stripe.PaymentIntent,
  answer: 'authenticate' | 'fail',
): Stripe.PaymentIntent => {
  if (intent.status !== 'requires_action') {
    throw invalidRequest(`This PaymentIntent does not wait for 3-D Secure: ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }

  const method = getMethod(work, String(intent.payment_method));
  if (answer === 'authenticate') {
    chargeCard(work, intent, method, { authenticated: true });
  } else {
    failAttempt(work, intent, method, {
      code: 'payment_intent_authentication_failure',
      message:
        'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    });
  }
  return intent;
};
