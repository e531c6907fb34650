import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat, table } from '../panel.ts';
import { percentilesOf, promql } from '../query.ts';
import { service } from '../variables.ts';
import { saturation } from './services/saturation.ts';
import { within } from './services/within.ts';

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
          queries: percentilesOf('http_request_duration_seconds', `{${of}}`),
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
    { title: 'Saturation', panels: saturation },
    { title: 'At the door, and inside', panels: within },
  ],
};
