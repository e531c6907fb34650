import { everybody, type Metrics, onPostgres } from '../shape.ts';

/** Operations that a service has, methods and statuses that each is answered with. */
const requests = { method: 8, route: 60, status: 20 };

/** What every service says of its requests, and of itself. */
export const serving: Metrics = {
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
  guichet_config_reload_failures_total: {
    kind: 'counter',
    unit: 'values',
    labels: { setting: 40 },
    by: everybody,
    meaning: 'A new value of a live setting was refused, and the old one stays.',
  },
  guichet_pool_connections: {
    kind: 'gauge',
    unit: 'connections',
    labels: { state: 2 },
    by: onPostgres,
    meaning: 'All busy for long: what waits is not the database’s fault.',
  },
  guichet_pool_waiting: {
    kind: 'gauge',
    unit: 'waiters',
    labels: {},
    by: onPostgres,
    meaning: 'So many wait for a connection; more than none for long is a pool that is too small.',
  },
  guichet_security_events_total: {
    kind: 'counter',
    unit: 'events',
    labels: { event: 4 },
    by: ['gateway', 'identity', 'payment'],
    meaning:
      'What may be an attack happened; the log says it too, with the same word in `securityEvent`.',
  },
  active_sessions: {
    kind: 'gauge',
    unit: 'sessions',
    labels: {},
    by: ['identity'],
    meaning: 'Sessions that are neither ended, expired nor idle, in the whole database.',
  },
};
