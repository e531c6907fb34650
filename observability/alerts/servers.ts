import type { Alert } from './alert.ts';
import { gone } from './series.ts';

const queues = 'queue!="",queue!~".+\\\\.(parked|retry\\\\..+)"';
/** By the plugin’s detailed page; its per-object page names the same thing without `detailed`. */
const ready = (selector: string) =>
  `(rabbitmq_detailed_queue_messages_ready{${selector}} or rabbitmq_queue_messages_ready{${selector}})`;

export const serverAlerts: readonly Alert[] = [
  {
    name: 'GuichetPostgresDown',
    severity: 'page',
    service: 'postgres',
    expr: () => 'pg_up{job="postgres"} == 0',
    for: '1m',
    summary: 'PostgreSQL at {{ $labels.instance }} does not answer',
    description: `No places can be taken, nobody can sign in, no e-mail leaves. What is looked at of
      the catalogue still is.`,
  },
  {
    name: 'GuichetPostgresConnectionsRunOut',
    severity: 'ticket',
    service: 'postgres',
    expr: () => `sum by (instance) (pg_stat_activity_count{job="postgres"})
      / max by (instance) (pg_settings_max_connections{job="postgres"}) > 0.85`,
    for: '5m',
    summary: 'PostgreSQL has given out {{ $value | humanizePercentage }} of its connections',
    description: `The next replica of a service gets none: a rollout or a crowd ends in errors.`,
  },
  {
    name: 'GuichetMongoDown',
    severity: 'page',
    service: 'mongo',
    expr: () => 'mongodb_up{job="mongo"} == 0',
    for: '1m',
    summary: 'MongoDB at {{ $labels.instance }} does not answer',
    description: `Offerings cannot be looked at, no price is given and nobody can pay. Places that
      are held stay held.`,
  },
  {
    name: 'GuichetBrokerDown',
    severity: 'page',
    service: 'rabbitmq',
    expr: ({ over }) => gone('rabbitmq', over('1h')),
    for: '1m',
    summary: 'RabbitMQ is gone',
    description: `Places are sold and paid, and no booking is confirmed until it is back: facts wait
      in the outboxes. Nothing is lost.`,
  },
  {
    name: 'GuichetBrokerDiskFull',
    severity: 'page',
    service: 'rabbitmq',
    expr: () => `max by (instance) (rabbitmq_alarms_free_disk_space_watermark{job="rabbitmq"}) > 0
      or max by (instance) (rabbitmq_disk_space_available_bytes{job="rabbitmq"}
        / rabbitmq_disk_space_available_limit_bytes) < 1.5`,
    summary: 'The disk of RabbitMQ at {{ $labels.instance }} is full, or nearly',
    description: `A broker without disk takes no message: whoever pays is not confirmed.`,
  },
  {
    name: 'GuichetBrokerMemoryFull',
    severity: 'page',
    service: 'rabbitmq',
    expr: () => `max by (instance) (rabbitmq_alarms_memory_used_watermark{job="rabbitmq"}) > 0
      or max by (instance) (rabbitmq_process_resident_memory_bytes{job="rabbitmq"}
        / rabbitmq_resident_memory_limit_bytes) > 0.95`,
    for: '1m',
    summary: 'The memory of RabbitMQ at {{ $labels.instance }} is full, or nearly',
    description: `A broker at its watermark takes no message: whoever pays is not confirmed.`,
  },
  {
    name: 'GuichetQueueBacklog',
    severity: 'ticket',
    service: 'rabbitmq',
    // Parked messages and those that wait for their next try have alerts of their own.
    expr: () => `sum by (queue) (${ready(queues)}) > 1000
      or sum by (queue) (${ready('queue="guichet.unrouted"')}) > 0`,
    for: '10m',
    summary: '{{ $value }} messages wait in {{ $labels.queue }}',
    description: `What they do for buyers is late. In guichet.unrouted they are for nobody: a
      consumer that should be there has never been.`,
  },
  {
    name: 'GuichetValkeyDown',
    severity: 'ticket',
    service: 'valkey',
    expr: () => 'redis_up{job="valkey"} == 0',
    for: '2m',
    summary: 'Valkey at {{ $labels.instance }} does not answer',
    description: `Buyers see nothing of it. Each gateway counts limits for itself, so that who asks
      too much may ask as often as there are gateways.`,
  },
  {
    name: 'GuichetLimitsNotShared',
    severity: 'ticket',
    service: 'gateway',
    expr: ({ over }) => `max_over_time(min(guichet_limits_shared)[${over('5m')}:]) == 0`,
    summary: 'The gateways have counted limits each for itself for five minutes',
    description: `Buyers see nothing of it. Passwords can be guessed as many times faster as there
      are gateways.`,
  },
  {
    name: 'GuichetVolumeFills',
    severity: 'ticket',
    service: 'servers',
    expr: () => `kubelet_volume_stats_available_bytes{job="kubelet"}
        / kubelet_volume_stats_capacity_bytes < 0.15
      or max by (instance, mountpoint) (system_filesystem_usage_bytes{job="node",state="free"}
        / ignoring (state) (system_filesystem_usage_bytes{state="free"}
          + ignoring (state) system_filesystem_usage_bytes{state="used"})) < 0.1`,
    for: '15m',
    summary:
      'Only {{ $value | humanizePercentage }} of {{ with $labels.persistentvolumeclaim }}{{ . }}{{ else }}{{ $labels.mountpoint }}{{ end }} is left',
    description: `A database or a broker whose disk is full stops, and sales with it. There is time,
      if somebody looks now.`,
  },
  {
    name: 'GuichetNodeMemoryShort',
    severity: 'ticket',
    service: 'servers',
    expr: () => `sum by (instance) (system_memory_usage_bytes{job="node",state="used"})
      / sum by (instance) (system_memory_usage_bytes{job="node",state=~"used|free|cached|buffered"}) > 0.9`,
    for: '10m',
    summary: '{{ $labels.instance }} uses {{ $value | humanizePercentage }} of its memory',
    description: `Pods will be evicted or killed, and nobody chooses which: it may be the database.`,
  },
];
