import { serviceNames } from '@guichet/cdk8s/catalogue';
import type { Alert } from './alert.ts';
import { named, ofContainers, whereGuichetIs } from './series.ts';

const began = 'process_start_time_seconds{job="guichet"}';

/** What a Deployment's pod has after its name; a Job's has more. */
const ofPod = '-[a-z0-9]+-[a-z0-9]+';

export const serviceAlerts: readonly Alert[] = [
  ...serviceNames.map(
    (service): Alert => ({
      name: 'GuichetServiceDown',
      severity: 'page',
      service,
      // Where every pod is gone there is no `up` to be 0.
      expr: () => `(sum(up{job="guichet",app="${service}"}) or vector(0)) == 0`,
      for: '1m',
      summary: `No process of ${service} answers`,
      description: `What ${service} does for buyers has stopped: every request that needs it fails.`,
    }),
  ),
  {
    name: 'GuichetReplicasMissing',
    severity: 'ticket',
    expr: () =>
      whereGuichetIs(
        `kube_deployment_spec_replicas{${named('deployment')}}
         - kube_deployment_status_replicas_available > 0`,
        'deployment',
      ),
    for: '10m',
    summary: '{{ $labels.service }}: {{ $value }} of its replicas are not there',
    description: `Buyers are served by fewer than were asked for; the next pod that ends, or the next
      crowd, may be more than the rest can take.`,
  },
  {
    name: 'GuichetPodRestarts',
    severity: 'ticket',
    // It begins again in its place, or another does in its stead; a rollout and one more are no
    // fault. And those that end before they say anything of themselves, which Kubernetes counts.
    expr: ({ over, age }) => {
      const again = `sum by (service) (changes(${began}[${over('15m')}]))`;
      const instead = `count by (service) (time() - max_over_time(${began}[${over('15m')}]) < ${age(900)})`;
      const counted = whereGuichetIs(
        `increase(kube_pod_container_status_restarts_total{${ofContainers}}[${over('15m')}])`,
        'container',
      );
      const made = whereGuichetIs(
        `time() - max_over_time(kube_pod_created{${named('pod', ofPod)}}[${over('15m')}]) < ${age(900)}`,
        'pod',
        ofPod,
      );
      const wanted = whereGuichetIs(
        `kube_deployment_spec_replicas{${named('deployment')}}`,
        'deployment',
      );
      return `${again} + ${instead} > 2 * count by (service) (${began}) + 1
        or sum by (service) (${counted}) > 3
        or count by (service) (${made}) > 2 * sum by (service) (${wanted}) + 1`;
    },
    summary: '{{ $labels.service }} began {{ $value | humanize }} times in a quarter of an hour',
    description: `Each end of a process breaks off what it was asked at that moment: buyers see
      errors or try again. One that ends at once serves nobody.`,
  },
  {
    name: 'GuichetCrowdTurnedAway',
    severity: 'ticket',
    service: 'reservation',
    expr: ({ over }) => {
      const away = `(sum(increase(guichet_upstream_shed_total[${over('5m')}]))
        + sum(increase(guichet_placing_refused_total[${over('5m')}])))`;
      const asked = `sum(increase(http_requests_total{service="gateway",method="POST",route="/api/bookings"}[${over('5m')}]))`;
      return `${away} / ${asked} > 0.05 and ${away} >= 20`;
    },
    for: '1m',
    summary: '{{ $value | humanizePercentage }} of those who want places are sent away',
    description: `More come than can be served in time. They are told to try again in a second; some
      do not. Whoever has places can go on to pay.`,
  },
  {
    name: 'GuichetAtMostReplicas',
    severity: 'ticket',
    expr: () =>
      whereGuichetIs(
        `kube_horizontalpodautoscaler_status_current_replicas{${named('horizontalpodautoscaler')}}
         >= kube_horizontalpodautoscaler_spec_max_replicas
         > kube_horizontalpodautoscaler_spec_min_replicas`,
        'horizontalpodautoscaler',
      ),
    for: '15m',
    summary: '{{ $labels.service }} has all {{ $value }} replicas that it may have',
    description: `Nothing is wrong for buyers yet, and nothing is left for more of them: what comes
      on top is served more slowly, or turned away.`,
  },
  {
    name: 'GuichetMigrationFailed',
    severity: 'ticket',
    expr: () =>
      whereGuichetIs(
        `kube_job_failed{${named('job_name', '-migrate-.+')},condition="true"} > 0`,
        'job_name',
        '-migrate-.+',
      ),
    summary: '{{ $labels.service }}: its database could not be brought to the new schema',
    description: `The release before serves on, so buyers see nothing; the new one waits and does
      not begin.`,
  },
  {
    name: 'GuichetMemoryNearLimit',
    severity: 'ticket',
    expr: () =>
      whereGuichetIs(
        `max by (namespace, pod, container) (container_memory_working_set_bytes{${ofContainers}})
         / max by (namespace, pod, container)
             (kube_pod_container_resource_limits{${ofContainers},resource="memory"}) > 0.9`,
        'container',
      ),
    for: '5m',
    summary:
      '{{ $labels.service }}: {{ $labels.pod }} has {{ $value | humanizePercentage }} of its memory',
    description: `At its limit it is killed, and what it was asked at that moment fails.`,
  },
];
