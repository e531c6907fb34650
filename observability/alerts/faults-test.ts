import type { Series } from '../rules/promtool-test.ts';
import type { Area } from './alerts.ts';
import { falls, grows, stays } from './healthy-test.ts';

export type Fault = {
  readonly alert: `Guichet${string}`;
  readonly area: Area;
  readonly when: string;
  /** What differs from a healthy Guichet; nothing at all is a series that has gone. */
  readonly series: Readonly<Record<string, string | undefined>>;
  /** Whose alert it is. */
  readonly service: string;
};

const inPod = (service: string) => `namespace="guichet",pod="guichet-${service}-1"`;
const up = (app: string, at: number) =>
  `up{job="guichet",app="${app}",${inPod(app)},instance="${app}-${at}"}`;
const provider = (name: string, outcome: string) =>
  `guichet_provider_requests_total{provider="${name}",outcome="${outcome}"}`;
const of = (service: string, metric: string) => `${metric}{service="${service}"}`;
const broker = (metric: string) => `rabbitmq_${metric}{job="rabbitmq",instance="r"}`;
const queued = (queue: string) =>
  `rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="${queue}"}`;

const fault =
  (area: Area) =>
  (
    alert: Fault['alert'],
    service: string,
    when: string,
    series: Readonly<Record<string, string | undefined>>,
  ): Fault => ({ alert, area, when, series, service });

const services = fault('services');
const hotPath = fault('hot-path');
const money = fault('money');
const messaging = fault('messaging');
const servers = fault('servers');
const telemetry = fault('telemetry');

const process = (service: string, at: number) =>
  `process_start_time_seconds{job="guichet",service="${service}",instance="${service}-${at}"}`;
/** When it began, from that minute until another, when it is gone. */
const lives = (from: number, to: number) =>
  `${from > 0 ? `_x${from} ` : ''}${from * 60}x${to - from} stale`;
/** Begins anew every so many minutes. */
const every = (minutes: number) =>
  Array.from({ length: 60 / minutes }, (_, at) => `${at * minutes * 60}x${minutes - 1}`).join(' ');

const slow = (bucket: string): Series => ({ [bucket]: grows(6) });

/** Everything that an alert is for, once at least. */
export const faults: readonly Fault[] = [
  services('GuichetServiceDown', 'reservation', 'no process of it answers', {
    [up('reservation', 1)]: stays(0),
    [up('reservation', 2)]: stays(0),
  }),
  services('GuichetServiceDown', 'reservation', 'all its pods are gone', {
    [up('reservation', 1)]: undefined,
    [up('reservation', 2)]: undefined,
  }),
  services('GuichetReplicasMissing', 'payment', 'a pod is not ready', {
    'kube_deployment_status_replicas_available{namespace="guichet",deployment="guichet-payment"}':
      stays(1),
  }),
  services('GuichetPodRestarts', 'reservation', 'both processes begin again every three minutes', {
    [process('reservation', 1)]: every(3),
    [process('reservation', 2)]: every(3),
  }),
  services('GuichetPodRestarts', 'reservation', 'pods are killed, and others come in their stead', {
    [process('reservation', 1)]: lives(0, 32),
    [process('reservation', 2)]: lives(0, 34),
    [process('reservation', 3)]: lives(32, 36),
    [process('reservation', 4)]: lives(34, 38),
    [process('reservation', 5)]: lives(36, 40),
    [process('reservation', 6)]: lives(38, 42),
    [process('reservation', 7)]: lives(40, 90),
    [process('reservation', 8)]: lives(42, 90),
  }),
  services('GuichetPodRestarts', 'web', 'a pod ends as soon as it has begun', {
    [`kube_pod_container_status_restarts_total{${inPod('web')},container="web"}`]: '0+0.5x90',
  }),
  services('GuichetCrowdTurnedAway', 'reservation', 'the gateway sheds', {
    'guichet_upstream_shed_total{service="gateway",upstream="reservation"}': grows(20),
  }),
  services('GuichetCrowdTurnedAway', 'reservation', 'reservation refuses', {
    'guichet_placing_refused_total{service="reservation",reason="busy"}': grows(20),
  }),
  services('GuichetAtMostReplicas', 'gateway', 'it has as many as it may', {
    'kube_horizontalpodautoscaler_status_current_replicas{namespace="guichet",horizontalpodautoscaler="guichet-gateway"}':
      stays(6),
  }),
  services('GuichetMigrationFailed', 'identity', 'its Job has failed', {
    'kube_job_failed{namespace="guichet",job_name="guichet-identity-migrate-0a1b",condition="true"}':
      stays(1),
  }),
  services('GuichetMemoryNearLimit', 'catalog', 'it has nearly all', {
    [`container_memory_working_set_bytes{job="cadvisor",${inPod('catalog')},container="catalog"}`]:
      stays(370),
  }),

  hotPath('GuichetPlacesOversold', 'reservation', 'one place is sold twice', {
    [of('reservation', 'guichet_oversold_places')]: stays(1),
  }),
  hotPath('GuichetPlacingSlow', 'reservation', 'statements take long', {
    ...slow('guichet_placing_statement_seconds_bucket{service="reservation",le="0.01"}'),
  }),
  hotPath('GuichetPlacingSlow', 'reservation', 'the queue is old, and nothing ends', {
    [of('reservation', 'guichet_placing_queue_age_seconds')]: stays(0.6),
    'guichet_placing_statement_seconds_count{service="reservation"}': grows(0),
  }),
  hotPath('GuichetPoolExhausted', 'identity', 'somebody waits at every scrape', {
    [of('identity', 'guichet_pool_waiting')]: stays(7),
  }),
  hotPath('GuichetHoldsNotFreed', 'reservation', 'nobody tidies', {
    [of('reservation', 'guichet_lapsed_hold_age_seconds')]: '0+60x90',
  }),
  hotPath('GuichetFenceStuck', 'reservation', 'payment does not answer', {
    [of('reservation', 'guichet_fence_age_seconds')]: '0+60x90',
  }),

  money('GuichetPaymentProviderFailing', 'payment', 'it is down', {
    [provider('stripe', 'ok')]: grows(0),
    [provider('stripe', 'failed')]: grows(6),
  }),
  money('GuichetPaymentProviderFailing', 'payment', 'it no longer knows our key', {
    [provider('stripe', 'refused')]: grows(60),
  }),
  money('GuichetPaymentProviderSlow', 'payment', 'half its answers take seconds', {
    ...slow('guichet_provider_request_duration_seconds_bucket{provider="stripe",le="0.5"}'),
  }),
  money('GuichetWebhooksSilent', 'payment', 'money moves and no event comes', {
    'guichet_webhooks_total{service="payment",outcome="taken"}': stays(60),
  }),
  money('GuichetWebhooksSilent', 'payment', 'every event has a signature that is refused', {
    'guichet_webhooks_total{service="payment",outcome="taken"}': undefined,
    'guichet_webhooks_total{service="payment",outcome="refused"}': grows(60),
  }),
  money('GuichetPaymentsToReview', 'payment', 'one amount is not what was asked', {
    [of('payment', 'guichet_payments_to_review')]: stays(1),
  }),
  money('GuichetLatePayments', 'reservation', 'confirming is late', {
    'guichet_late_payments_total{service="reservation",outcome="refunded"}': '0+1x90',
  }),

  messaging('GuichetOutboxStuck', 'payment', 'its facts do not leave', {
    [of('payment', 'guichet_outbox_age_seconds')]: '0+60x90',
  }),
  messaging('GuichetMessagesParked', 'reservation', 'one is given up', {
    'guichet_messages_parked{service="reservation",consumer="reservation.payments"}': stays(1),
  }),
  messaging('GuichetMessagesRetried', 'reservation', 'its handler fails at half of them', {
    'guichet_messages_handled_total{service="reservation",consumer="reservation.payments",outcome="retried"}':
      grows(60),
  }),
  messaging('GuichetMailsUnsent', 'notification', 'one has not left', {
    [of('notification', 'guichet_unsent_mail_age_seconds')]: '0+60x90',
  }),
  messaging('GuichetMailProviderRefusing', 'notification', 'it refuses', {
    [provider('mail', 'ok')]: grows(1),
    [provider('mail', 'refused')]: grows(6),
  }),

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
    [of('gateway', 'guichet_limits_shared')]: stays(0),
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
    'otelcol_exporter_send_failed_spans{job="collector"}': grows(10),
  }),
  telemetry('GuichetTracesLost', 'telemetry', 'and its counter has the other name', {
    'otelcol_exporter_send_failed_spans{job="collector"}': undefined,
    'otelcol_exporter_send_failed_spans_total{job="collector"}': grows(10),
  }),
  telemetry('GuichetLogsLost', 'telemetry', 'Loki takes none', {
    'otelcol_exporter_send_failed_log_records{job="collector-agent"}': grows(10),
  }),
  telemetry('GuichetLogsLost', 'telemetry', 'Loki throws some away', {
    'loki_discarded_samples_total{job="loki"}': grows(10),
  }),
];
