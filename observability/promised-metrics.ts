/**
 * What is about to be emitted or recorded and is not in the contract or in a rule yet. Boards may
 * ask for it already; that they are answered is only held once it is gone from here.
 */
export const promisedMetrics: readonly string[] = [
  'guichet_hold_to_paid_seconds',
  'guichet_paid_to_confirmed_seconds',
  'guichet_confirmed_to_mailed_seconds',
  'guichet_oversold_places',
  'guichet_late_payments_total',
  'guichet_payments_to_review',
  'guichet_unsettled_payments',
  'guichet_unsettled_payment_age_seconds',
  'guichet_webhooks_total',
  'guichet_provider_requests_total',
  'guichet_provider_request_duration_seconds',
  'guichet_paid_cents_total',
  'guichet_refunded_cents_total',
  'guichet_pool_connections',
  'guichet_pool_waiting',
  'guichet_placing_statement_seconds',
  'guichet_places_taken_total',
  'guichet_security_events_total',
  ...['5m', '30m', '1h', '2h', '6h', '1d', '3d'].flatMap((window) => [
    `guichet:objective_errors:ratio${window}`,
    `guichet:objective_events:increase${window}`,
  ]),
  'guichet:objective_budget:remaining30d',
  'guichet:objective:target',
];
