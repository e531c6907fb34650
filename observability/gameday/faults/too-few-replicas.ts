import { namespace } from '@guichet/cluster/deploy/release';
import type { Fault } from '../fault.ts';
import { inCluster } from '../ground.ts';

const autoscaler = 'guichet-reservation';
type Metric = { resource?: { target?: { averageUtilization?: number } } };
type Autoscaler = { spec: { metrics: Metric[] } };

/** Who wants more than it may have: a hundredth of what it asked for is too much work for one. */
const wanting = (metric: Metric): Metric => ({
  ...metric,
  resource: {
    ...metric.resource,
    target: { ...metric.resource?.target, averageUtilization: 1 },
  },
});

export const tooFewReplicas: Fault = {
  name: 'too-few-replicas',
  does: 'The sale begins with as many processes as there may be, and they are too few',
  alert: 'GuichetAtMostReplicas',
  where: ['cluster'],
  load: { of: 'bookings', everyMs: 250 },
  // The autoscaler looks at the work of the last minute.
  slackMs: 120_000,
  async inject(ground, undo) {
    const { get, kubectl } = inCluster(ground).tools;
    const { spec } = await get<Autoscaler>('hpa', autoscaler, '-n', namespace);
    const patch = (metrics: Metric[]) => {
      const change = JSON.stringify({ spec: { metrics } });
      return kubectl('patch', 'hpa', autoscaler, '-n', namespace, '--type=merge', '-p', change);
    };
    undo(() => patch(spec.metrics));
    await patch(spec.metrics.map((metric) => (metric.resource ? wanting(metric) : metric)));
  },
};
