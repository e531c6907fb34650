import * as units from '@grafana/grafana-foundation-sdk/units';
import { type Given, graph, type Panel, stack } from '../../panel.ts';
import { promql } from '../../query.ts';

const only = 'in a cluster';
const of = 'namespace="$namespace"';
const hpa = 'kube_horizontalpodautoscaler';
const there = (given: Omit<Given, 'only'>) => graph({ only, ...given });

/** How much more there may be, and where it would go. */
export const room: readonly Panel[] = [
  there({
    title: 'How near the most replicas',
    means: 'Replicas that the autoscaler wants, of the most that it may.',
    wrong: 'It is 1: more would be wanted, raise the most or prepare the sale.',
    unit: units.PercentUnit,
    limits: { orange: 0.8, red: 1, bad: 'above' },
    queries: [
      promql(
        `${hpa}_status_desired_replicas{${of}} / ${hpa}_spec_max_replicas{${of}}`,
        '{{horizontalpodautoscaler}}',
      ),
    ],
  }),
  there({
    title: 'Replicas, and how many are wanted',
    means: 'What the autoscaler has and wants.',
    wrong: 'Wanted stays above what is there: no room.',
    unit: units.Short,
    queries: [
      promql(`${hpa}_status_current_replicas{${of}}`, '{{horizontalpodautoscaler}}'),
      promql(`${hpa}_status_desired_replicas{${of}}`, '{{horizontalpodautoscaler}}, wanted'),
    ],
  }),
  there({
    title: 'Volumes',
    means: 'How full each volume is.',
    wrong: 'Above nine in ten: enlarge it before it is full.',
    unit: units.PercentUnit,
    limits: { orange: 0.8, red: 0.9, bad: 'above' },
    queries: [
      promql(
        'max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes)',
        '{{persistentvolumeclaim}}',
      ),
    ],
    emptyBecause: 'kubelets measure no volume of a host’s path, which kind and this kit have',
  }),
  there({
    title: 'Disks of the nodes',
    means: 'How full the file system is that holds pods, images and logs.',
    wrong: 'Above 0.85 a kubelet puts pods out.',
    unit: units.PercentUnit,
    limits: { orange: 0.75, red: 0.85, bad: 'above' },
    queries: [
      promql(
        'sum by (node, mountpoint) (system_filesystem_usage_bytes{state="used"}) / sum by (node, mountpoint) (system_filesystem_usage_bytes)',
        '{{node}} {{mountpoint}}',
      ),
    ],
  }),
  stack({
    title: 'CPU of the nodes',
    means: 'Cores that are busy, by what with.',
    wrong: 'wait is high: disks are slow. steal is high: the host is shared.',
    unit: units.Short,
    queries: [
      promql(
        'sum by (state) (rate(system_cpu_time_seconds_total{state!="idle"}[$__rate_interval]))',
        '{{state}}',
      ),
    ],
    only,
  }),
  there({
    title: 'Memory of the nodes',
    means: 'The share of memory that is in use.',
    wrong: 'Above 0.9 a kubelet puts pods out.',
    unit: units.PercentUnit,
    limits: { orange: 0.8, red: 0.9, bad: 'above' },
    queries: [
      promql(
        'sum by (node) (system_memory_usage_bytes{state="used"}) / sum by (node) (system_memory_usage_bytes)',
        '{{node}}',
      ),
    ],
  }),
];
