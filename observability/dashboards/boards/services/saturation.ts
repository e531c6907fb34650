import * as units from '@grafana/grafana-foundation-sdk/units';
import { graph, type Panel } from '../../panel.ts';
import { promql } from '../../query.ts';

const of = 'service=~"$service"';

/** What each process of the chosen services has little of. */
export const saturation: readonly Panel[] = [
  graph({
    title: 'CPU of the busiest process',
    means: 'Cores that it uses. A process of Node does its work on one.',
    wrong: 'Near 1 it answers late; more replicas help, unless all wait for one row.',
    unit: units.Short,
    limits: { orange: 0.7, red: 0.9, bad: 'above' },
    queries: [
      promql(
        `max by (service) (rate(process_cpu_seconds_total{${of}}[$__rate_interval]))`,
        '{{service}}',
      ),
    ],
    leadsTo: 'series',
  }),
  graph({
    title: 'Event loop lag',
    means: 'By how much work comes late, for the slowest of a hundred turns of the loop.',
    wrong: 'Above 0.1 s something computes for long, or the CPU is taken away.',
    unit: units.Seconds,
    limits: { orange: 0.05, red: 0.1, bad: 'above' },
    queries: [promql(`max by (service) (nodejs_eventloop_lag_p99_seconds{${of}})`, '{{service}}')],
    leadsTo: 'series',
  }),
  graph({
    title: 'Memory of the largest process',
    means: 'What is resident. Limits are on the board of Kubernetes: 384 MiB for most.',
    wrong: 'It climbs without end from one day to the next.',
    unit: units.BytesIEC,
    queries: [promql(`max by (service) (process_resident_memory_bytes{${of}})`, '{{service}}')],
    leadsTo: 'series',
  }),
  graph({
    title: 'Heap of the largest process',
    means: 'What JavaScript holds, garbage included until it is collected.',
    wrong: 'Its lows climb: something is kept that nobody needs.',
    unit: units.BytesIEC,
    queries: [promql(`max by (service) (nodejs_heap_size_used_bytes{${of}})`, '{{service}}')],
    leadsTo: 'series',
  }),
  graph({
    title: 'Connections to PostgreSQL',
    means: 'Of each pool, how many are used and how many are ready.',
    wrong: 'All are busy and none idle: look at who waits.',
    unit: units.Short,
    queries: [
      promql(`sum by (service, state) (guichet_pool_connections{${of}})`, '{{service}} {{state}}'),
    ],
    leadsTo: 'series',
  }),
  graph({
    title: 'Waiting for a connection',
    means: 'Requests that want PostgreSQL and have no connection to it yet.',
    wrong: 'More than none for longer than a moment: statements are slow, or too few connections.',
    unit: units.Short,
    limits: { red: 1, bad: 'above' },
    queries: [promql(`sum by (service) (guichet_pool_waiting{${of}})`, '{{service}}')],
    leadsTo: 'series',
  }),
];
