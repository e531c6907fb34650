import * as units from '@grafana/grafana-foundation-sdk/units';
import { graph, type Panel, stat, table } from '../../panel.ts';
import { promql } from '../../query.ts';

const only = 'in a cluster';
const requested = (resource: 'cpu' | 'memory', by: string) =>
  `sum by (${by}) (kube_pod_container_resource_requests{namespace="$namespace",resource="${resource}"})`;
/** What is requested is paid for, whether it is used or not. */
const costBy = (by: string) =>
  `${requested('cpu', by)} * $core_price + ${requested('memory', by)} / 2^30 * $gib_price`;

export const cost: readonly Panel[] = [
  stat({
    title: 'A month',
    means: 'What all that is requested now would cost in a month, at the prices at the top.',
    wrong: 'It does not come down after a sale.',
    unit: units.Short,
    decimals: 0,
    queries: [promql(costBy('namespace'), '{{namespace}}')],
    only,
  }),
  table({
    title: 'A month, by service',
    means: 'The same for each service; servers are here when they run in the cluster.',
    wrong: 'One that is little used is high in the list.',
    unit: units.Short,
    decimals: 0,
    width: 9,
    queries: [promql(`sort_desc(${costBy('container')})`, '{{container}}')],
    only,
  }),
  graph({
    title: 'A month, as it scales',
    means: 'How the cost follows the replicas.',
    wrong: 'It stays up when nobody is there.',
    unit: units.Short,
    width: 9,
    queries: [promql(costBy('container'), '{{container}}')],
    only,
  }),
];
