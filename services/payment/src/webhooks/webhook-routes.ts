import { stripeWebhook } from '@guichet/contracts/payments';
import { Refusal } from '@guichet/contracts/refusal';
import type { Routes } from '@guichet/http/service-app';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
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
    noteSecurityEvent,
    metrics,
  }: {
    stripe: Stripe;
    secrets: readonly string[];
    takeEvent: TakeEvent;
    noteSecurityEvent: NoteSecurityEvent;
    metrics: Metrics;
  },
): void {
  const lag = metrics.histogram({
    name: 'guichet_webhook_lag_seconds',
    help: 'From when something happened at the provider to when its event was taken',
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600],
  });
  const webhooks = metrics.counter({
    name: 'guichet_webhooks_total',
    help: 'Events that the provider sent, by whether they were news',
    labelNames: ['outcome'],
  });
  /** Several secrets are good at once, so that one can be changed without losing an event. */
  function verified(bytes: Buffer, signature: string): Stripe.Event {
    for (const secret of secrets) {
      try {
        return stripe.webhooks.constructEvent(bytes, signature, secret, toleranceSeconds);
      } catch {
        // The next secret may be the one.
      }
    }
    webhooks.inc({ outcome: 'refused' });
    noteSecurityEvent('signature_refused');
    throw new Refusal('signature_invalid', 'The signature is wrong or older than five minutes.');
  }

  routes.on(stripeWebhook, async ({ body, headers, res }) => {
    const event = verified(body, String(headers['stripe-signature'] ?? ''));

    const isNews = await takeEvent(event);
    webhooks.inc({ outcome: isNews ? 'taken' : 'repeated' });
    // Whole seconds, by the provider's clock: less than none is a clock that differs.
    lag.observe(Math.max(0, Date.now() / 1_000 - event.created));

    res.json({ received: true });
  });
}
