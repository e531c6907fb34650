import * as units from '@grafana/grafana-foundation-sdk/units';
import { graph, type Panel, stat } from '../../panel.ts';
import { promql } from '../../query.ts';

const of = 'service=~"$service"';

/** What the gateway knows of the others, and who is there. */
export const within: readonly Panel[] = [
  graph({
    title: 'Queues that the gateway sees',
    means: 'How long a request would wait in the youngest queue of each service behind it.',
    wrong: 'Above half a second the gateway begins to turn people away.',
    unit: units.Seconds,
    limits: { orange: 0.25, red: 0.5, bad: 'above' },
    queries: [promql('max by (upstream) (guichet_upstream_queue_age_seconds)', '{{upstream}}')],
    leadsTo: 'gateway',
  }),
  graph({
    title: 'Who is there',
    means: 'Sessions that are neither ended nor idle, and pages that are told of availability.',
    wrong: 'Both fall at once: people lose the connection to us.',
    unit: units.Short,
    queries: [
      promql('max(active_sessions)', 'sessions'),
      promql('sum(guichet_live_listeners)', 'live pages'),
    ],
  }),
  graph({
    title: 'Values refused',
    means: 'New values of settings that were refused while the services run; the old ones stay.',
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
];
