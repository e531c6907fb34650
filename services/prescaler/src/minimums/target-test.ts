import type { Target } from './target.ts';

/** An autoscaler from two to ten pods, that nobody has touched. */
export const targetOf = (
  service: Target['service'] = 'gateway',
  more: Partial<Target> = {},
): Target => ({
  service,
  kind: 'HorizontalPodAutoscaler',
  name: `guichet-${service}`,
  uid: service,
  version: '1',
  minimum: 2,
  maximum: 10,
  annotations: {},
  managedFields: [],
  ...more,
});
