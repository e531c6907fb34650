import type { Metrics } from '../shape.ts';

/** What the gateway alone says. */
export const door: Metrics = {
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
};
