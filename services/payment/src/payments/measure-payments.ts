import type { Metrics } from '@guichet/telemetry/metrics';
import type { PaymentStore } from './payment-store.ts';

/** What the alerts on money look at: what waits for the provider, and what for a person. */
export function measurePayments({
  store,
  metrics,
}: {
  store: PaymentStore;
  metrics: Metrics;
}): void {
  metrics.gauge({
    name: 'guichet_payments_to_review',
    help: 'Payments that a person has to look at',
    async collect() {
      this.set(await store.countToReview());
    },
  });
  metrics.gaugesOf(store.unsettled, [
    {
      name: 'guichet_unsettled_payments',
      help: 'Payments that the provider knows of and that have not ended',
      of: ({ payments }) => payments,
    },
    {
      name: 'guichet_unsettled_payment_age_seconds',
      help: 'For how long nothing was heard of the one of them that is silent longest; 0 when there is none',
      of: ({ silentSeconds }) => silentSeconds,
    },
  ]);
}
