import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import type { Given } from '../panel.ts';
import { graph, stat } from '../panel.ts';
import { perSecond, promql } from '../query.ts';
import { mongo } from './servers/mongo.ts';

/** Only exporters know of servers, and they are a cluster's. */
const only = 'in a cluster';
const there = (given: Omit<Given, 'only'>) => graph({ only, ...given });

const isUp = (title: string, job: string, up: string) =>
  stat({
    title,
    means: 'Whether its exporter is there and reaches it.',
    wrong: 'It is 0: nobody answers, see its runbook.',
    unit: units.Short,
    limits: { red: 1, bad: 'below' },
    queries: [promql(`min(up{job="${job}"} * on (instance) ${up})`, job)],
    only,
  });

export const servers: Board = {
  uid: 'servers',
  title: 'Servers',
  readBy: 'Platform engineers: what fills, lags or runs out behind the services?',
  variables: [],
  from: 'now-6h',
  refresh: '30s',
  rows: [
    {
      title: 'There',
      panels: [
        isUp('PostgreSQL', 'postgres', 'pg_up'),
        isUp('MongoDB', 'mongo', 'mongodb_up'),
        isUp('RabbitMQ', 'rabbitmq', 'group by (instance) (rabbitmq_build_info)'),
        isUp('Valkey', 'valkey', 'redis_up'),
      ],
    },
    {
      title: 'PostgreSQL',
      panels: [
        there({
          title: 'Connections',
          means: 'The share of its connections that are taken.',
          wrong: 'Above nine in ten new replicas cannot connect: fewer in a pool, or a pooler.',
          unit: units.PercentUnit,
          limits: { orange: 0.7, red: 0.9, bad: 'above' },
          queries: [
            promql('sum(pg_stat_activity_count) / max(pg_settings_max_connections)', 'taken'),
          ],
        }),
        there({
          title: 'Longest transaction',
          means: 'How long the oldest open transaction of each database lasts.',
          wrong: 'Minutes: rows cannot be tidied, and what it locked stays locked.',
          unit: units.Seconds,
          limits: { orange: 60, red: 300, bad: 'above' },
          queries: [promql('max by (datname) (pg_stat_activity_max_tx_duration)', '{{datname}}')],
        }),
        there({
          title: 'Size of databases',
          means: 'How large each database is on disk.',
          wrong: 'It grows faster than bookings do.',
          unit: units.BytesIEC,
          queries: [promql('max by (datname) (pg_database_size_bytes)', '{{datname}}')],
        }),
        there({
          title: 'Read from memory',
          means: 'The share of pages that PostgreSQL had in its own memory.',
          wrong: 'Below 0.95 for long: more memory, or a query that reads a whole table.',
          unit: units.PercentUnit,
          limits: { orange: 0.95, red: 0.8, bad: 'below' },
          queries: [
            promql(
              'sum(rate(pg_stat_database_blks_hit[$__rate_interval])) / sum(rate(pg_stat_database_blks_hit[$__rate_interval]) + rate(pg_stat_database_blks_read[$__rate_interval]))',
              'hit',
            ),
          ],
        }),
      ],
    },
    { title: 'MongoDB', panels: mongo },
    {
      title: 'RabbitMQ',
      panels: [
        there({
          title: 'Disk until it stops',
          means: 'Free disk, and the limit below which RabbitMQ takes no messages.',
          wrong: 'They come near each other: facts will wait in outboxes.',
          unit: units.BytesIEC,
          queries: [
            promql('min(rabbitmq_disk_space_available_bytes)', 'free'),
            promql('max(rabbitmq_disk_space_available_limit_bytes)', 'limit'),
          ],
        }),
        there({
          title: 'Memory',
          means: 'The share of the memory above which RabbitMQ takes no messages.',
          wrong: 'Near 1: queues are long, or it has too little.',
          unit: units.PercentUnit,
          limits: { orange: 0.8, red: 0.95, bad: 'above' },
          queries: [
            promql(
              'max(rabbitmq_process_resident_memory_bytes / rabbitmq_resident_memory_limit_bytes)',
              'used',
            ),
          ],
        }),
        there({
          title: 'Alarms',
          means: 'Whether it takes no messages for want of disk, memory or files.',
          wrong: 'Any is 1.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql('max(rabbitmq_alarms_free_disk_space_watermark)', 'disk'),
            promql('max(rabbitmq_alarms_memory_used_watermark)', 'memory'),
            promql('max(rabbitmq_alarms_file_descriptor_limit)', 'files'),
          ],
        }),
        there({
          title: 'Files',
          means: 'The share of file descriptors in use; each connection and queue has some.',
          wrong: 'Near 1 nobody can connect any more.',
          unit: units.PercentUnit,
          limits: { orange: 0.7, red: 0.9, bad: 'above' },
          queries: [promql('max(rabbitmq_process_open_fds / rabbitmq_process_max_fds)', 'used')],
        }),
      ],
    },
    {
      title: 'Valkey',
      panels: [
        there({
          title: 'Memory',
          means: 'What it uses, and what it may, where that is limited (0: it is not).',
          wrong: 'They meet: counters of limits are thrown away, or refused.',
          unit: units.BytesIEC,
          queries: [
            promql('max(redis_memory_used_bytes)', 'used'),
            promql('max(redis_memory_max_bytes)', 'limit'),
          ],
        }),
        there({
          title: 'Commands',
          means: 'What it is asked in a second.',
          wrong: 'Nothing while people come: each gateway limits for itself.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('redis_commands_processed_total'), 'commands')],
        }),
        there({
          title: 'Clients',
          means: 'Who is connected, and who was turned away, in a second.',
          wrong: 'Anybody turned away.',
          unit: units.Short,
          queries: [
            promql('max(redis_connected_clients)', 'connected'),
            promql(perSecond('redis_rejected_connections_total'), 'turned away'),
          ],
        }),
        there({
          title: 'Thrown away for want of memory',
          means: 'Keys that had to go before their time.',
          wrong: 'Any: limits forget whom they counted.',
          unit: units.CountsPerSecond,
          limits: { red: 1, bad: 'above' },
          queries: [promql(perSecond('redis_evicted_keys_total'), 'keys')],
        }),
        there({
          title: 'Limits are shared',
          means: 'Whether gateways count through Valkey (1) or each for itself (0).',
          wrong: 'It is 0: somebody may ask as often at each gateway.',
          unit: units.Short,
          width: 24,
          limits: { red: 1, bad: 'below' },
          queries: [promql('min(guichet_limits_shared)', 'shared')],
          leadsTo: 'gateway',
        }),
      ],
    },
  ],
};
