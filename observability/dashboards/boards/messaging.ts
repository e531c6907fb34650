import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat } from '../panel.ts';
import { percentilesOf, perSecond, promql } from '../query.ts';

const mail = 'provider="mail"';

export const messaging: Board = {
  uid: 'messaging',
  title: 'Messages and e-mails',
  readBy: 'Engineers, when confirmations or e-mails come late, or messages are parked.',
  variables: [],
  from: 'now-3h',
  refresh: '15s',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'The oldest fact waits',
          means: 'How long the oldest fact in an outbox has waited to be published.',
          wrong: 'Seconds mean that RabbitMQ cannot be reached; nothing is lost.',
          unit: units.Seconds,
          limits: { orange: 10, red: 60, bad: 'above' },
          queries: [promql('max(guichet_outbox_age_seconds)', 'age')],
        }),
        stat({
          title: 'Parked',
          means: 'Messages that no retry could help and that wait for a person (make parked).',
          wrong: 'Any: what it says has not happened yet.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [promql('sum(max by (consumer) (guichet_messages_parked))', 'messages')],
        }),
        stat({
          title: 'E-mails unsent',
          means: 'E-mails that are begun and that the provider has not taken.',
          wrong: 'It grows: the provider refuses or is away.',
          unit: units.Short,
          limits: { orange: 100, red: 1_000, bad: 'above' },
          queries: [promql('max(guichet_unsent_mails)', 'e-mails')],
          leadsTo: 'notification',
        }),
        stat({
          title: 'The oldest of them',
          means: 'How long the oldest unsent e-mail waits.',
          wrong: 'Above a minute the promise is broken: people look for their tickets.',
          unit: units.Seconds,
          limits: { orange: 60, red: 600, bad: 'above' },
          queries: [promql('max(guichet_unsent_mail_age_seconds)', 'age')],
          leadsTo: 'notification',
        }),
      ],
    },
    {
      title: 'Outboxes',
      panels: [
        graph({
          title: 'Age by service',
          means: 'How long the oldest fact of each service has waited to be published.',
          wrong: 'All at once: the broker. One alone: its database, or its process.',
          unit: units.Seconds,
          limits: { orange: 10, red: 60, bad: 'above' },
          queries: [promql('max by (service) (guichet_outbox_age_seconds)', '{{service}}')],
          leadsTo: 'series',
        }),
        graph({
          title: 'Facts published',
          means: 'Facts that left, by service.',
          wrong: 'Nothing leaves while people buy.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('guichet_outbox_published_total', 'service'), '{{service}}')],
          leadsTo: 'series',
        }),
        graph({
          title: 'Facts that could not leave',
          means: 'Attempts to publish that failed; the facts wait and are tried again.',
          wrong: 'Any that lasts: RabbitMQ is away or takes nothing.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('guichet_outbox_failures_total', 'service'), '{{service}}')],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'Consumers',
      panels: [
        stack({
          title: 'Handled',
          means: 'Messages that did what they are for, by consumer.',
          wrong: 'One consumer stands still while facts are published.',
          unit: units.OpsPerSecond,
          queries: [
            promql(
              perSecond('guichet_messages_handled_total{outcome="succeeded"}', 'service, consumer'),
              '{{service}} {{consumer}}',
            ),
          ],
          leadsTo: 'series',
        }),
        graph({
          title: 'Tried again and parked',
          means: 'Messages whose handling failed: to be tried later, or given to a person.',
          wrong:
            'Tried again for minutes: what they need is away. Parked: they are wrong, or we are.',
          unit: units.OpsPerSecond,
          queries: [
            promql(perSecond('guichet_messages_handled_total{outcome="retried"}'), 'tried again'),
            promql(perSecond('guichet_messages_handled_total{outcome="parked"}'), 'parked'),
          ],
        }),
        graph({
          title: 'Parked by consumer',
          means: 'Messages that wait for a person.',
          wrong: 'Any; `make parked` shows them and replays them.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(
              'max by (service, consumer) (guichet_messages_parked)',
              '{{service}} {{consumer}}',
            ),
          ],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'RabbitMQ',
      panels: [
        stack({
          title: 'Messages in queues',
          means: 'Those that nobody has taken yet, and those that somebody works on.',
          wrong: 'Ready grows: consumers are away or too slow.',
          unit: units.Short,
          limits: { orange: 1_000, red: 10_000, bad: 'above' },
          queries: [
            promql('sum(rabbitmq_queue_messages_ready)', 'ready'),
            promql('sum(rabbitmq_queue_messages_unacked)', 'under way'),
          ],
          only: 'in a cluster',
        }),
        graph({
          title: 'Published and taken',
          means: 'Messages that came to the broker, that it gave out, and that were acknowledged.',
          wrong: 'Acknowledged stays below published for long.',
          unit: units.OpsPerSecond,
          queries: [
            promql(perSecond('rabbitmq_global_messages_received_total'), 'published'),
            promql(perSecond('rabbitmq_global_messages_acknowledged_total'), 'acknowledged'),
            promql(perSecond('rabbitmq_global_messages_redelivered_total'), 'given out again'),
          ],
          only: 'in a cluster',
        }),
        graph({
          title: 'Consumers and connections',
          means: 'Who listens, and who is connected.',
          wrong: 'Consumers fall: a service lost its connection and does not come back.',
          unit: units.Short,
          queries: [
            promql('sum(rabbitmq_consumers)', 'consumers'),
            promql('sum(rabbitmq_connections)', 'connections'),
          ],
          only: 'in a cluster',
        }),
      ],
    },
    {
      title: 'E-mails',
      panels: [
        stack({
          title: 'What the provider takes',
          means: 'E-mails that were given to the provider, by what came of it.',
          wrong: 'Refused: the sender’s key or domain. Failed or timeout: it is ill.',
          unit: units.OpsPerSecond,
          queries: [
            promql(perSecond(`guichet_provider_requests_total{${mail}}`, 'outcome'), '{{outcome}}'),
          ],
          leadsTo: 'notification',
        }),
        graph({
          title: 'How long it takes',
          means: 'From giving it an e-mail to its word.',
          wrong: 'Seconds: e-mails queue up behind it.',
          unit: units.Seconds,
          limits: { orange: 2.5, red: 10, bad: 'above' },
          queries: percentilesOf('guichet_provider_request_duration_seconds', {
            matchers: `{${mail}}`,
          }),
          leadsTo: 'notification',
        }),
        graph({
          title: 'From confirmed to sent',
          means: 'From the confirmed booking to the e-mail that the provider has taken.',
          wrong: 'Above a minute people ask where their tickets are.',
          unit: units.Seconds,
          limits: { orange: 30, red: 60, bad: 'above' },
          queries: percentilesOf('guichet_confirmed_to_mailed_seconds'),
          leadsTo: 'notification',
        }),
        graph({
          title: 'Unsent',
          means: 'E-mails that are begun and not taken.',
          wrong: 'It does not come back to 0 between sales.',
          unit: units.Short,
          queries: [promql('max(guichet_unsent_mails)', 'e-mails')],
          leadsTo: 'notification',
        }),
      ],
    },
  ],
};
