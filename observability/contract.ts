import type { catalogue } from '@guichet/cdk8s/catalogue';

export type ServiceName = keyof typeof catalogue;

/** A metric that services may emit, and all there is to know of it. */
export type MetricContract = {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** What one of it is; seconds, where the name ends so. */
  readonly unit: string;
  /** Its labels, with how many values each has at most in one process. */
  readonly labels: Readonly<Record<string, number>>;
  readonly by: readonly ServiceName[];
  /** What it means that it moves. */
  readonly meaning: string;
  /** Where it is emitted only under a condition: which. */
  readonly only?: 'in a cluster' | 'with Valkey';
};

const everybody: readonly ServiceName[] = [
  'gateway',
  'identity',
  'catalog',
  'reservation',
  'payment',
  'notification',
  'web',
];
const writers: readonly ServiceName[] = ['identity', 'catalog', 'reservation', 'payment'];
const listeners: readonly ServiceName[] = everybody.filter((name) => name !== 'web');

/** Operations that a service has, methods and statuses that each is answered with. */
const requests = { method: 6, route: 60, status: 20 };

/**
 * Every metric by its name, but those of the process itself: `process_*` and `nodejs_*`, as
 * prom-client collects them, are in every service.
 */
export const metrics: Readonly<Record<string, MetricContract>> = {
  http_requests_total: {
    kind: 'counter',
    unit: 'requests',
    labels: requests,
    by: everybody,
    meaning: 'A request was answered, or its client left. Availability is counted by its statuses.',
  },
  http_request_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: requests,
    by: everybody,
    meaning: 'How long an answer took, streams left out. Latency is judged at 0.25 s.',
  },
  booking_created_total: {
    kind: 'counter',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'Somebody holds places. A repeated request is not counted again.',
  },
  payment_processed_total: {
    kind: 'counter',
    unit: 'payments',
    labels: { status: 4 },
    by: ['payment'],
    meaning:
      'A payment succeeded, failed (the customer may try another card), was cancelled or refunded.',
  },
  guichet_webhook_lag_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['payment'],
    meaning: 'How late the provider’s events are taken; bookings are confirmed by them.',
  },
  guichet_unsent_mails: {
    kind: 'gauge',
    unit: 'e-mails',
    labels: {},
    by: ['notification'],
    meaning: 'E-mails that are begun and that the provider has not taken.',
  },
  guichet_unsent_mail_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['notification'],
    meaning: 'How long the oldest of them waits.',
  },
  active_sessions: {
    kind: 'gauge',
    unit: 'sessions',
    labels: {},
    by: ['identity'],
    meaning: 'Sessions that are neither ended, expired nor idle, in the whole database.',
  },
  guichet_config_reload_failures_total: {
    kind: 'counter',
    unit: 'values',
    labels: { setting: 40 },
    by: everybody,
    meaning: 'A new value of a live setting was refused, and the old one stays.',
  },
  guichet_messages_handled_total: {
    kind: 'counter',
    unit: 'deliveries',
    labels: { consumer: 10, outcome: 6 },
    by: listeners,
    meaning: 'A message was handled, is tried again, or is parked.',
  },
  guichet_messages_parked: {
    kind: 'gauge',
    unit: 'messages',
    labels: { consumer: 10 },
    by: listeners,
    meaning: 'So many wait for a person. Every replica says the same; absent while unknown.',
  },
  guichet_outbox_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: writers,
    meaning: 'How long the oldest fact has waited to be published; 0 when none does.',
  },
  guichet_outbox_published_total: {
    kind: 'counter',
    unit: 'facts',
    labels: {},
    by: writers,
    meaning: 'Facts have left.',
  },
  guichet_outbox_failures_total: {
    kind: 'counter',
    unit: 'times',
    labels: {},
    by: writers,
    meaning: 'Facts could not be published, and wait.',
  },
  guichet_upstream_queue_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: { upstream: 10 },
    by: ['gateway'],
    meaning: 'How long a request would wait for the process of a service with the youngest queue.',
  },
  guichet_upstream_shed_total: {
    kind: 'counter',
    unit: 'requests',
    labels: { upstream: 10 },
    by: ['gateway'],
    meaning: 'More come than can be served: the gateway refused before anything was done.',
  },
  guichet_limits_shared: {
    kind: 'gauge',
    unit: 'yes or no',
    labels: {},
    by: ['gateway'],
    meaning: '0 while Valkey cannot be used, and each gateway limits for itself.',
    only: 'with Valkey',
  },
  guichet_discovery_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['gateway'],
    meaning: 'Since Kubernetes last confirmed the addresses; below 60 while it can be asked.',
    only: 'in a cluster',
  },
  guichet_discovery_endpoints: {
    kind: 'gauge',
    unit: 'addresses',
    labels: { to: 10 },
    by: ['gateway'],
    meaning: 'Processes of each service that are known. 0 is an outage of that service.',
    only: 'in a cluster',
  },
  guichet_held_bookings: {
    kind: 'gauge',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'So many hold places and are not paid. Every replica says the same.',
  },
  guichet_lapsed_hold_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'Since when a hold that ran out is not freed: minutes mean that nobody tidies.',
  },
  guichet_fence_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long the oldest booking has waited for its payment to close before it ends.',
  },
  guichet_fenced_bookings: {
    kind: 'gauge',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'So many wait for it; their places are not free until then.',
  },
  guichet_live_listeners: {
    kind: 'gauge',
    unit: 'listeners',
    labels: {},
    by: ['reservation'],
    meaning: 'Pages that are told what can be booked as it changes.',
  },
  guichet_live_dropped_total: {
    kind: 'counter',
    unit: 'listeners',
    labels: {},
    by: ['reservation'],
    meaning: 'A listener did not keep up and was let go.',
  },
  guichet_placing_outcomes_total: {
    kind: 'counter',
    unit: 'tries',
    labels: { outcome: 20 },
    by: ['reservation'],
    meaning: 'What trying to place a booking came to; `latched` cost the database no lock.',
  },
  guichet_placing_refused_total: {
    kind: 'counter',
    unit: 'bookings',
    labels: { reason: 2 },
    by: ['reservation'],
    meaning: 'A booking was refused for the time that it waited or would have waited.',
  },
  guichet_placing_queue_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long a booking that comes now would wait for its statement.',
  },
  guichet_placing_batch_members: {
    kind: 'histogram',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'Bookings that one statement places: 1 all day, dozens in a rush.',
  },
  guichet_placing_batch_wait_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long the first of a batch waited for the statement before it.',
  },
};
