import { type Fault, faultIn, up } from './fault-test.ts';
import { falls, grows, stays } from './healthy-test.ts';

const servers = faultIn('servers');
const telemetry = faultIn('telemetry');

const broker = (metric: string) => `rabbitmq_${metric}{job="rabbitmq",instance="r"}`;
const queued = (queue: string) =>
  `rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="${queue}"}`;

export const faultsOfServers: readonly Fault[] = [
  servers('GuichetPostgresDown', 'postgres', 'its exporter cannot reach it', {
    'pg_up{job="postgres",instance="p"}': falls(1, 0),
  }),
  servers('GuichetPostgresConnectionsRunOut', 'postgres', 'nine in ten are taken', {
    'pg_stat_activity_count{job="postgres",instance="p",state="idle"}': stays(90),
  }),
  servers('GuichetMongoDown', 'mongo', 'its exporter cannot reach it', {
    'mongodb_up{job="mongo",instance="m"}': falls(1, 0),
  }),
  servers('GuichetBrokerDown', 'rabbitmq', 'it does not answer', {
    'up{job="rabbitmq",instance="r"}': falls(1, 0),
  }),
  servers('GuichetBrokerDown', 'rabbitmq', 'its pod is gone', {
    'up{job="rabbitmq",instance="r"}': '1x20',
  }),
  servers('GuichetBrokerDiskFull', 'rabbitmq', 'its alarm is on', {
    [broker('alarms_free_disk_space_watermark')]: stays(1),
  }),
  servers('GuichetBrokerDiskFull', 'rabbitmq', 'it is nearly at its limit', {
    [broker('disk_space_available_bytes')]: stays(60),
  }),
  servers('GuichetBrokerMemoryFull', 'rabbitmq', 'its alarm is on', {
    [broker('alarms_memory_used_watermark')]: stays(1),
  }),
  servers('GuichetBrokerMemoryFull', 'rabbitmq', 'it is nearly at its limit', {
    [broker('process_resident_memory_bytes')]: stays(97),
  }),
  servers('GuichetQueueBacklog', 'rabbitmq', 'nobody takes what is in a queue', {
    [queued('reservation.payments')]: stays(2_000),
  }),
  servers('GuichetQueueBacklog', 'rabbitmq', 'a fact is for nobody', {
    [queued('guichet.unrouted')]: stays(1),
  }),
  servers('GuichetValkeyDown', 'valkey', 'its exporter cannot reach it', {
    'redis_up{job="valkey",instance="v"}': falls(1, 0),
  }),
  servers('GuichetLimitsNotShared', 'gateway', 'a gateway cannot use Valkey', {
    'guichet_limits_shared{service="gateway"}': stays(0),
  }),
  servers('GuichetVolumeFills', 'servers', 'a claim is nearly full', {
    'kubelet_volume_stats_available_bytes{job="kubelet",persistentvolumeclaim="data"}': stays(10),
  }),
  servers('GuichetVolumeFills', 'servers', 'the disk of a node is nearly full', {
    'system_filesystem_usage_bytes{job="node",instance="n",mountpoint="/",state="free"}': stays(2),
  }),
  servers('GuichetNodeMemoryShort', 'servers', 'nearly all is used', {
    'system_memory_usage_bytes{job="node",instance="n",state="cached"}': stays(0),
    'system_memory_usage_bytes{job="node",instance="n",state="free"}': stays(2),
  }),

  telemetry('GuichetDeadMansSwitch', 'telemetry', 'all is well', {}),
  telemetry('GuichetTargetDown', 'telemetry', 'one process cannot be scraped', {
    [up('web', 2)]: stays(0),
  }),
  telemetry('GuichetRulesFail', 'telemetry', 'a rule of Prometheus fails', {
    'prometheus_rule_evaluation_failures_total{job="prometheus"}': grows(1),
  }),
  telemetry('GuichetRulesFail', 'telemetry', 'a rule of Loki fails', {
    'loki_prometheus_rule_evaluation_failures_total{job="loki"}': grows(1),
  }),
  telemetry('GuichetRulesFail', 'telemetry', 'nobody can be notified', {
    'alertmanager_notifications_failed_total{job="alertmanager",integration="slack"}': grows(1),
  }),
  telemetry('GuichetRulesFail', 'telemetry', 'a configuration is refused', {
    'prometheus_config_last_reload_successful{job="prometheus"}': stays(0),
  }),
  telemetry('GuichetTracesLost', 'telemetry', 'the trace store takes none', {
    'otelcol_exporter_send_failed_spans_total{job="collector"}': grows(10),
  }),
  telemetry('GuichetLogsLost', 'telemetry', 'Loki takes none', {
    'otelcol_exporter_send_failed_log_records_total{job="collector-agent"}': grows(10),
  }),
  telemetry('GuichetLogsLost', 'telemetry', 'Loki throws some away', {
    'loki_discarded_samples_total{job="loki"}': grows(10),
  }),
];
