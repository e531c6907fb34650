import { stripeWebhook } from '@guichet/contracts/payments';
import { Refusal } from '@guichet/contracts/refusal';
import type { Routes } from '@guichet/http/service-app';
import type Stripe from 'stripe';
import type { TakeEvent } from './take-event.ts';

export const statusOfWebhookRefusal = {
  signature_invalid: 400,
} satisfies Record<'signature_invalid', number>;

/** Older than this is a replay (Stripe's own recommendation). */
const toleranceSeconds = 300;

export function webhookRoutes(
  routes: Routes,
  {
    stripe,
    secrets,
    takeEvent,
  }: { stripe: Stripe; secrets: readonly string[]; takeEvent: TakeEvent },
): void {
  /** Several secrets are good at once, so that one can be changed without losing an event. */
  function verified(bytes: Buffer, signature: string): Stripe.Event {
    for (const secret of secrets) {
      try {
        return stripe.webhooks.constructEvent(bytes, signature, secret, toleranceSeconds);
      } catch {
        // The next secret may be the one.
      }
    }
    throw new Refusal('signature_invalid', 'The signature is wrong or older than five minutes.');
  }

  routes.on(stripeWebhook, async ({ body, headers, res }) => {
    const event = verified(body, String(headers['stripe-signature'] ?? ''));

    await takeEvent(event);

    res.json({ received: true });
  });
}
