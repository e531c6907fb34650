import type { Metrics } from '@guichet/telemetry/metrics';
import type { Minimums } from './minimums/keep-minimums.ts';
import type { WorkedOut } from './sales/work-out.ts';

export function measure({
  metrics,
  workOut,
  targets,
  ageMs,
}: {
  metrics: Metrics;
  workOut: () => WorkedOut;
  targets: Minimums['targets'];
  ageMs: () => number;
}): void {
  metrics.gauge({
    name: 'guichet_prescaler_wanted_minimum',
    help: 'Replicas that all sales together ask of a service now',
    labelNames: ['target'],
    collect() {
      for (const [target, { replicas }] of Object.entries(workOut().asked)) {
        this.set({ target }, replicas);
      }
    },
  });
  metrics.gauge({
    name: 'guichet_prescaler_minimum',
    help: 'The minimum that the autoscaler of a service has',
    labelNames: ['target'],
    collect() {
      this.reset();
      for (const { service, minimum } of targets()) this.set({ target: service }, minimum);
    },
  });
  metrics.gauge({
    name: 'guichet_prescaler_sales',
    help: 'On-sales that are known of, to come or not yet over',
    collect() {
      this.set(workOut().planned.filter(({ plan }) => plan.phase !== 'over').length);
    },
  });
  metrics.gauge({
    name: 'guichet_prescaler_sales_age_seconds',
    help: 'How long ago the service that was silent longest told of its sales',
    collect() {
      this.set(ageMs() / 1_000);
    },
  });
}
