import type { Metrics } from '../shape.ts';

/** What is told of minimums that are raised before an on-sale. */
export const prescaling: Metrics = {
  guichet_prescaler_leads: {
    kind: 'gauge',
    unit: 'replicas',
    labels: {},
    by: ['prescaler'],
    meaning: 'Whether this replica leads: 1 of one, and never of two.',
    only: 'in a cluster',
  },
  guichet_prescaler_sales: {
    kind: 'gauge',
    unit: 'sales',
    labels: {},
    by: ['prescaler'],
    meaning: 'On-sales that are known of, to come or not yet over. Every replica says the same.',
  },
  guichet_prescaler_sales_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['prescaler'],
    meaning: 'How long ago the service that was silent longest told of its sales.',
  },
  guichet_prescaler_wanted_minimum: {
    kind: 'gauge',
    unit: 'replicas',
    labels: { target: 4 },
    by: ['prescaler'],
    meaning: 'What all sales together ask of a service now; 0 while there are none.',
  },
  guichet_prescaler_minimum: {
    kind: 'gauge',
    unit: 'replicas',
    labels: { target: 4 },
    by: ['prescaler'],
    meaning: 'The minimum that the autoscaler of a service has.',
    only: 'in a cluster',
  },
  guichet_prescaler_patches_failed_total: {
    kind: 'counter',
    unit: 'changes',
    labels: {},
    by: ['prescaler'],
    meaning: 'A minimum could not be changed, and is tried again at the next look.',
    only: 'in a cluster',
  },
};
