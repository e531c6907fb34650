import type { Language } from '@guichet/contracts/shapes';
import type { Stripe, StripeConstructor } from '@stripe/stripe-js';
import { start } from '../start.ts';

/*
 * Not by @stripe/stripe-js, which knows one address only: a stand-in for development has another.
 * Stripe.js itself is never ours to serve (Stripe, "Including Stripe.js").
 */
let loading: Promise<StripeConstructor> | undefined;

function loadScript(): Promise<StripeConstructor> {
  loading ??= new Promise<StripeConstructor>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = start.stripeJsUrl;
    script.onload = () => resolve((window as unknown as { Stripe: StripeConstructor }).Stripe);
    script.onerror = () => {
      script.remove();
      loading = undefined;
      reject(new Error('Stripe.js could not be loaded'));
    };
    document.head.append(script);
  });
  return loading;
}

export async function loadStripe(publishableKey: string, locale: Language): Promise<Stripe> {
  const create = await loadScript();
  return create(publishableKey, { locale });
}
