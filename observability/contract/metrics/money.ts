import type { Metrics } from '../shape.ts';

/** What is told of payments and of the provider that makes them. */
export const money: Metrics = {
  payment_processed_total: {
    kind: 'counter',
    unit: 'payments',
    labels: { status: 4 },
    by: ['payment'],
    meaning:
      'A payment succeeded, failed (the customer may try another card), was cancelled or refunded.',
  },
  guichet_paid_cents_total: {
    kind: 'counter',
    unit: 'cents',
    labels: { currency: 30 },
    by: ['payment'],
    meaning: 'Money came.',
  },
  guichet_refunded_cents_total: {
    kind: 'counter',
    unit: 'cents',
    labels: { currency: 30 },
    by: ['payment'],
    meaning: 'Money went back.',
  },
  guichet_payments_to_review: {
    kind: 'gauge',
    unit: 'payments',
    labels: {},
    by: ['payment'],
    meaning: 'Money came that was not asked for so. Every replica says the same.',
  },
  guichet_unsettled_payments: {
    kind: 'gauge',
    unit: 'payments',
    labels: {},
    by: ['payment'],
    meaning:
      'Begun at the provider and not ended: buyers at their cards, or news that does not come.',
  },
  guichet_unsettled_payment_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['payment'],
    meaning:
      'Since nothing was heard of one of them; longer than a hold lives means that news is lost.',
  },
  guichet_webhooks_total: {
    kind: 'counter',
    unit: 'events',
    labels: { outcome: 3 },
    by: ['payment'],
    meaning: 'The provider sent an event: news, known already, or signed by somebody else.',
  },
  guichet_webhook_lag_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['payment'],
    meaning: 'How late the provider’s events are taken; bookings are confirmed by them.',
  },
  guichet_provider_requests_total: {
    kind: 'counter',
    unit: 'requests',
    labels: { provider: 1, outcome: 4 },
    by: ['payment', 'notification'],
    meaning: 'The provider was asked; each try counts.',
  },
  guichet_provider_request_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: { provider: 1 },
    by: ['payment', 'notification'],
    meaning: 'How long its answer took, or the waiting for none.',
  },
};
