import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat, table } from '../panel.ts';
import { percentilesOf, promql } from '../query.ts';
import { service } from '../variables.ts';

const of = 'service=~"$service"';
const asked = (more = '') => `rate(http_requests_total{${of}${more}}[$__rate_interval])`;
const failed = asked(',status=~"5.."');

export const services: Board = {
  uid: 'services',
  title: 'Services',
  readBy: 'Whoever answers an alert: is it one service or all, and is it asked too much or ill?',
  variables: [service],
  from: 'now-1h',
  refresh: '15s',
  rows: [
    {
      title: 'Golden signals',
      panels: [
        stat({
          title: 'Requests a second',
          means: 'What the chosen services answer.',
          wrong: 'It falls to nothing while people are there.',
          unit: units.RequestsPerSecond,
          queries: [promql(`sum(${asked()})`, 'requests')],
        }),
        stat({
          title: 'Failed',
          means: 'The share of requests that were answered with 5xx, which are our fault.',
          wrong: 'Above one in a thousand an error budget goes too fast.',
          unit: units.PercentUnit,
          limits: { orange: 0.001, red: 0.01, bad: 'above' },
          queries: [promql(`sum(${failed}) / sum(${asked()}) or vector(0)`, 'failed')],
        }),
        stat({
          title: 'One in a hundred waits',
          means: 'How long the slowest of a hundred requests took, in the time that is shown.',
          wrong: 'Most services promise 0.25 s; identity, payment and notification 1 s.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 1, bad: 'above' },
          queries: [
            promql(
              `histogram_quantile(0.99, sum by (le) (increase(http_request_duration_seconds_bucket{${of}}[$__range])))`,
              'p99',
            ),
          ],
        }),
        stat({
          title: 'Processes',
          means: 'Processes of the chosen services that answer Prometheus.',
          wrong: 'It is less than wanted: look at the board of Kubernetes.',
          unit: units.Short,
          limits: { red: 1, bad: 'below' },
          queries: [promql('sum(up{job="guichet",app=~"$service"})', 'processes')],
        }),
      ],
    },
    {
      title: 'Rate and errors',
      panels: [
        graph({
          title: 'Requests by service',
          means: 'How much each service is asked.',
          wrong: 'One falls while the others do not: whoever is before it turns people away.',
          unit: units.RequestsPerSecond,
          queries: [promql(`sum by (service) (${asked()})`, '{{service}}')],
          leadsTo: 'series',
        }),
        graph({
          title: 'Failed by service',
          means: 'The share of its answers that are 5xx.',
          wrong: 'The one that fails first and most is the cause, the others pass it on.',
          unit: units.PercentUnit,
          limits: { red: 0.01, bad: 'above' },
          queries: [
            promql(
              `(sum by (service) (${failed}) or 0 * sum by (service) (${asked()})) / sum by (service) (${asked()})`,
              '{{service}}',
            ),
          ],
          leadsTo: 'series',
        }),
        stack({
          title: 'Answers by status',
          means:
            'What the chosen services answer. 409 is sold out, 429 asked too often, 503 too many.',
          wrong: '5xx, or 4xx that were not there before a deployment.',
          unit: units.RequestsPerSecond,
          queries: [promql(`sum by (status) (${asked()})`, '{{status}}')],
        }),
        table({
          title: 'Slowest routes',
          means:
            'The ten routes whose slowest of a hundred took longest, in the time that is shown.',
          wrong: 'One that people wait for is here: follow it to its traces.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 1, bad: 'above' },
          queries: [
            promql(
              `topk(10, histogram_quantile(0.99, sum by (service, route, le) (increase(http_request_duration_seconds_bucket{${of}}[$__range]))) > 0)`,
              '{{service}} {{route}}',
            ),
          ],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'Duration',
      panels: [
        graph({
          title: 'How long answers take',
          means: 'Of all chosen services. Each point is one request, and leads to its trace.',
          wrong: 'p99 goes away from p50: some wait for something; open the point of one.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 1, bad: 'above' },
          queries: percentilesOf('http_request_duration_seconds', { matchers: `{${of}}` }),
        }),
        graph({
          title: 'p99 by service',
          means: 'How long the slowest of a hundred took, by service.',
          wrong: 'The deepest service that rises is the cause.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 1, bad: 'above' },
          queries: [
            {
              ...promql(
                `histogram_quantile(0.99, sum by (service, le) (rate(http_request_duration_seconds_bucket{${of}}[$__rate_interval])))`,
                '{{service}}',
              ),
              exemplars: true,
            },
          ],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'Saturation',
      panels: [
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
          queries: [
            promql(`max by (service) (nodejs_eventloop_lag_p99_seconds{${of}})`, '{{service}}'),
          ],
          leadsTo: 'series',
        }),
        graph({
          title: 'Memory of the largest process',
          means: 'What is resident. Limits are on the board of Kubernetes: 384 MiB for most.',
          wrong: 'It climbs without end from one day to the next.',
          unit: units.BytesIEC,
          queries: [
            promql(`max by (service) (process_resident_memory_bytes{${of}})`, '{{service}}'),
          ],
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
            promql(
              `sum by (service, state) (guichet_pool_connections{${of}})`,
              '{{service}} {{state}}',
            ),
          ],
          leadsTo: 'series',
        }),
        graph({
          title: 'Waiting for a connection',
          means: 'Requests that want PostgreSQL and have no connection to it yet.',
          wrong:
            'More than none for longer than a moment: statements are slow, or too few connections.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [promql(`sum by (service) (guichet_pool_waiting{${of}})`, '{{service}}')],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'At the door, and inside',
      panels: [
        graph({
          title: 'Queues that the gateway sees',
          means: 'How long a request would wait in the youngest queue of each service behind it.',
          wrong: 'Above half a second the gateway begins to turn people away.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 0.5, bad: 'above' },
          queries: [
            promql('max by (upstream) (guichet_upstream_queue_age_seconds)', '{{upstream}}'),
          ],
          leadsTo: 'gateway',
        }),
        graph({
          title: 'Who is there',
          means:
            'Sessions that are neither ended nor idle, and pages that are told of availability.',
          wrong: 'Both fall at once: people lose the connection to us.',
          unit: units.Short,
          queries: [
            promql('max(active_sessions)', 'sessions'),
            promql('sum(guichet_live_listeners)', 'live pages'),
          ],
        }),
        graph({
          title: 'Values refused',
          means:
            'New values of settings that were refused while the services run; the old ones stay.',
          wrong: 'Any: somebody believes to have changed something.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(
              `sum by (service, setting) (increase(guichet_config_reload_failures_total{${of}}[$__range])) or vector(0)`,
              '{{service}} {{setting}}',
            ),
          ],
        }),
        graph({
          title: 'Live pages let go',
          means: 'Listeners that did not keep up with what they were told.',
          wrong: 'Many at once: a slow network between us and them.',
          unit: units.CountsPerSecond,
          queries: [promql('sum(rate(guichet_live_dropped_total[$__rate_interval]))', 'listeners')],
          leadsTo: 'reservation',
        }),
        stat({
          title: 'Addresses known to the gateway',
          means: 'Processes of each service that discovery has found.',
          wrong: '0 is an outage of that service.',
          unit: units.Short,
          width: 18,
          limits: { orange: 2, red: 1, bad: 'below' },
          queries: [promql('min by (to) (guichet_discovery_endpoints)', '{{to}}')],
          only: 'in a cluster',
        }),
        stat({
          title: 'Age of what discovery knows',
          means: 'Since Kubernetes last confirmed the addresses.',
          wrong: 'Above a minute Kubernetes cannot be asked, and new processes are not found.',
          unit: units.Seconds,
          limits: { orange: 60, red: 300, bad: 'above' },
          queries: [promql('max(guichet_discovery_age_seconds)', 'age')],
          only: 'in a cluster',
        }),
      ],
    },
  ],
};
