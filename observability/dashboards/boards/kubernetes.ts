import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { type Given, graph, stat, table } from '../panel.ts';
import { promql } from '../query.ts';
import { corePrice, gibPrice, namespace } from '../variables.ts';
import { cost } from './kubernetes/cost.ts';
import { room } from './kubernetes/room.ts';

const only = 'in a cluster';
const of = 'namespace="$namespace"';
const there = (given: Omit<Given, 'only'>) => graph({ only, ...given });
/** The containers that are asked for something: not the one that keeps a pod's network. */
const real = `${of},container!="",container!="POD"`;
const byContainer = (expr: string) => `sum by (container) (${expr})`;
const wanted = (what: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
  byContainer(`kube_pod_container_resource_${what}{${of},resource="${resource}"}`);
const cpu = byContainer(`rate(container_cpu_usage_seconds_total{${real}}[$__rate_interval])`);
const memory = byContainer(`container_memory_working_set_bytes{${real}}`);

export const kubernetes: Board = {
  uid: 'kubernetes',
  title: 'Kubernetes and cost',
  readBy: 'Platform engineers: is all there that is wanted, does it fit, and what does it cost?',
  variables: [namespace, corePrice, gibPrice],
  from: 'now-6h',
  refresh: '30s',
  rows: [
    {
      title: 'Replicas',
      panels: [
        stat({
          title: 'Missing',
          means: 'Replicas that are wanted and not available.',
          wrong: 'Any that lasts: no room on the nodes, no image, or not ready.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(
              `sum(kube_deployment_spec_replicas{${of}} - kube_deployment_status_replicas_available{${of}})`,
              'replicas',
            ),
          ],
          only,
        }),
        stat({
          title: 'Restarts',
          means: 'Containers that ended and were started again, in the time that is shown.',
          wrong: 'Any: see why the last one ended, beside.',
          unit: units.Short,
          decimals: 0,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(
              `sum(increase(kube_pod_container_status_restarts_total{${of}}[$__range]))`,
              'restarts',
            ),
          ],
          only,
        }),
        table({
          title: 'Wanted and there',
          means: 'Replicas of each deployment that are available, less those that are wanted.',
          wrong: 'Less than 0.',
          unit: units.Short,
          height: 5,
          limits: { red: 0, bad: 'below' },
          queries: [
            promql(
              `sum by (deployment) (kube_deployment_status_replicas_available{${of}} - kube_deployment_spec_replicas{${of}})`,
              '{{deployment}}',
            ),
          ],
          only,
        }),
        there({
          title: 'Replicas by deployment',
          means: 'How many are available.',
          wrong: 'One falls to 0.',
          unit: units.Short,
          queries: [promql(`kube_deployment_status_replicas_available{${of}}`, '{{deployment}}')],
        }),
        there({
          title: 'Why containers ended',
          means: 'The reason that the last container of a pod ended for.',
          wrong: 'OOMKilled: its limit of memory. Error: see its last lines.',
          unit: units.Short,
          queries: [
            promql(
              `sum by (container, reason) (kube_pod_container_status_last_terminated_reason{${of}}) or vector(0)`,
              '{{container}} {{reason}}',
            ),
          ],
        }),
      ],
    },
    {
      title: 'CPU and memory',
      panels: [
        there({
          title: 'CPU against what is requested',
          means: 'What the containers of a service use of what they are sure to get.',
          wrong: 'Far above 1: on a full node they get less. Far below: too much is paid for.',
          unit: units.PercentUnit,
          limits: { orange: 1, red: 3, bad: 'above' },
          queries: [promql(`${cpu} / ${wanted('requests', 'cpu')}`, '{{container}}')],
        }),
        there({
          title: 'Memory against its limit',
          means: 'What the fullest container of a service uses of what it may.',
          wrong: 'Near 1 it is killed.',
          unit: units.PercentUnit,
          limits: { orange: 0.8, red: 0.9, bad: 'above' },
          queries: [
            promql(
              `max by (container) (container_memory_working_set_bytes{${real}} / on (namespace, pod, container) kube_pod_container_resource_limits{${of},resource="memory"})`,
              '{{container}}',
            ),
          ],
        }),
        there({
          title: 'Memory against what is requested',
          means: 'What the containers of a service use of what they are sure to get.',
          wrong: 'Above 1 they are the first to be put out of a full node.',
          unit: units.PercentUnit,
          limits: { orange: 1, red: 1.5, bad: 'above' },
          queries: [promql(`${memory} / ${wanted('requests', 'memory')}`, '{{container}}')],
        }),
        there({
          title: 'CPU',
          means: 'Cores that the containers of each service use.',
          wrong: 'A step that no deployment and no crowd explains.',
          unit: units.Short,
          queries: [promql(cpu, '{{container}}')],
        }),
      ],
    },
    { title: 'Scaling and room', panels: room },
    { title: 'Cost', panels: cost },
  ],
};
