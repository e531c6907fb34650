import { serviceNames } from '@guichet/cdk8s/catalogue';
import type { Series } from '../rules/promtool-test.ts';

const perService = (series: (service: string) => Series): Series =>
  Object.assign({}, ...serviceNames.map(series));

const minutes = 90;
export const grows = (perMinute: number) => `0+${perMinute}x${minutes}`;
export const stays = (value: number) => `${value}x${minutes}`;
/** As it was, until the twentieth minute. */
export const falls = (before: number, after: number) => `${before}x20 ${after}x${minutes - 20}`;

/** What is scraped of a Guichet in a cluster that is well, and sells. */
export const healthy: Series = {
  ...perService((service) => {
    const pod = `namespace="guichet",pod="guichet-${service}-1"`;
    const container = `${pod},container="${service}"`;
    const deployment = `namespace="guichet",deployment="guichet-${service}"`;
    const autoscaler = `namespace="guichet",horizontalpodautoscaler="guichet-${service}"`;
    return {
      [`up{job="guichet",app="${service}",${pod},instance="${service}-1"}`]: stays(1),
      [`up{job="guichet",app="${service}",${pod},instance="${service}-2"}`]: stays(1),
      [`process_start_time_seconds{job="guichet",service="${service}",instance="${service}-1"}`]:
        stays(-9_000),
      [`process_start_time_seconds{job="guichet",service="${service}",instance="${service}-2"}`]:
        stays(-9_000),
      [`kube_deployment_spec_replicas{${deployment}}`]: stays(2),
      [`kube_deployment_status_replicas_available{${deployment}}`]: stays(2),
      [`kube_horizontalpodautoscaler_status_current_replicas{${autoscaler}}`]: stays(2),
      [`kube_horizontalpodautoscaler_spec_max_replicas{${autoscaler}}`]: stays(6),
      [`kube_horizontalpodautoscaler_spec_min_replicas{${autoscaler}}`]: stays(2),
      [`kube_pod_container_status_restarts_total{${container}}`]: stays(1),
      [`kube_pod_container_resource_limits{${container},resource="memory"}`]: stays(384),
      [`container_memory_working_set_bytes{job="cadvisor",${container}}`]: stays(200),
      [`guichet_pool_waiting{service="${service}"}`]: stays(0),
      [`guichet_outbox_age_seconds{service="${service}"}`]: stays(0.2),
    };
  }),
  'http_requests_total{service="gateway",method="POST",route="/api/bookings",status="201"}':
    grows(60),
  'guichet_upstream_shed_total{service="gateway",upstream="reservation"}': grows(0),
  'guichet_placing_refused_total{service="reservation",reason="busy"}': grows(0),
  'kube_job_failed{namespace="guichet",job_name="guichet-identity-migrate-0a1b",condition="true"}':
    stays(0),
  'guichet_oversold_places{service="reservation"}': stays(0),
  'guichet_placing_statement_seconds_bucket{service="reservation",le="0.01"}': grows(60),
  'guichet_placing_statement_seconds_bucket{service="reservation",le="1"}': grows(60),
  'guichet_placing_statement_seconds_bucket{service="reservation",le="+Inf"}': grows(60),
  'guichet_placing_statement_seconds_count{service="reservation"}': grows(60),
  'guichet_placing_queue_age_seconds{service="reservation"}': stays(0),
  'guichet_lapsed_hold_age_seconds{service="reservation"}': stays(1),
  'guichet_fence_age_seconds{service="reservation"}': stays(30),
  // What comes back is offered at once, and seen now and then.
  'guichet_waiting_list_kept_places{service="reservation"}': '0x3 2 0x4 1 0x81',
  ...Object.assign(
    {},
    ...['stripe', 'mail'].map((provider) => ({
      [`guichet_provider_requests_total{provider="${provider}",outcome="ok"}`]: grows(60),
      [`guichet_provider_requests_total{provider="${provider}",outcome="refused"}`]: grows(1),
      [`guichet_provider_requests_total{provider="${provider}",outcome="failed"}`]: grows(0),
      [`guichet_provider_request_duration_seconds_bucket{provider="${provider}",le="0.5"}`]:
        grows(60),
      [`guichet_provider_request_duration_seconds_bucket{provider="${provider}",le="5"}`]:
        grows(60),
      [`guichet_provider_request_duration_seconds_bucket{provider="${provider}",le="+Inf"}`]:
        grows(60),
      [`guichet_provider_request_duration_seconds_count{provider="${provider}"}`]: grows(60),
    })),
  ),
  'guichet_paid_cents_total{service="payment",currency="EUR"}': grows(9_000),
  'guichet_webhooks_total{service="payment",outcome="taken"}': grows(60),
  'guichet_webhooks_total{service="payment",outcome="refused"}': grows(0),
  'guichet_payments_to_review{service="payment"}': stays(0),
  'guichet_late_payments_total{service="reservation",outcome="retaken"}': '0x60 1x30',
  'guichet_messages_parked{service="reservation",consumer="reservation.payments"}': stays(0),
  'guichet_messages_handled_total{service="reservation",consumer="reservation.payments",outcome="succeeded"}':
    grows(60),
  'guichet_messages_handled_total{service="reservation",consumer="reservation.payments",outcome="retried"}':
    grows(1),
  'guichet_unsent_mail_age_seconds{service="notification"}': stays(3),
  'pg_up{job="postgres",instance="p"}': stays(1),
  'pg_stat_activity_count{job="postgres",instance="p",state="idle"}': stays(40),
  'pg_settings_max_connections{job="postgres",instance="p"}': stays(100),
  'mongodb_up{job="mongo",instance="m"}': stays(1),
  'redis_up{job="valkey",instance="v"}': stays(1),
  'up{job="rabbitmq",instance="r"}': stays(1),
  'rabbitmq_alarms_free_disk_space_watermark{job="rabbitmq",instance="r"}': stays(0),
  'rabbitmq_disk_space_available_bytes{job="rabbitmq",instance="r"}': stays(900),
  'rabbitmq_disk_space_available_limit_bytes{job="rabbitmq",instance="r"}': stays(50),
  'rabbitmq_alarms_memory_used_watermark{job="rabbitmq",instance="r"}': stays(0),
  'rabbitmq_process_resident_memory_bytes{job="rabbitmq",instance="r"}': stays(40),
  'rabbitmq_resident_memory_limit_bytes{job="rabbitmq",instance="r"}': stays(100),
  'rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="reservation.payments"}': stays(9),
  'rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="x.parked"}': stays(5_000),
  'rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="x.retry.1000ms"}': stays(5_000),
  'rabbitmq_detailed_queue_messages_ready{job="rabbitmq",queue="guichet.unrouted"}': stays(0),
  'guichet_waiting_room_waiting{service="waiting-room"}': stays(900),
  'guichet_waiting_room_standing_seconds{service="waiting-room"}': stays(4),
  'guichet_waiting_room_probe_seconds_count{service="waiting-room"}': grows(60),
  'guichet_waiting_room_shared{service="waiting-room"}': stays(1),
  'guichet_waiting_room_refusals_total{service="waiting-room",reason="turn_invalid"}': grows(1),
  'guichet_prescaler_leads{service="prescaler",instance="prescaler-1"}': stays(1),
  'guichet_prescaler_leads{service="prescaler",instance="prescaler-2"}': stays(0),
  'guichet_prescaler_sales{service="prescaler"}': stays(2),
  'guichet_prescaler_sales_age_seconds{service="prescaler"}': stays(9),
  'guichet_prescaler_wanted_minimum{service="prescaler",target="gateway"}': stays(4),
  'guichet_prescaler_minimum{service="prescaler",target="gateway"}': stays(4),
  'guichet_gate_refusals_total{service="gateway",reason="admission_invalid"}': grows(1),
  'guichet_gate_refusals_total{service="gateway",reason="admission_required"}': grows(900),
  'guichet_gates_age_seconds{service="gateway"}': stays(2),
  'booking_created_total{service="reservation"}': grows(60),
  'guichet_limits_shared{service="gateway"}': stays(1),
  'kubelet_volume_stats_available_bytes{job="kubelet",persistentvolumeclaim="data"}': stays(60),
  'kubelet_volume_stats_capacity_bytes{job="kubelet",persistentvolumeclaim="data"}': stays(100),
  'system_filesystem_usage_bytes{job="node",instance="n",mountpoint="/",state="free"}': stays(60),
  'system_filesystem_usage_bytes{job="node",instance="n",mountpoint="/",state="used"}': stays(40),
  'system_memory_usage_bytes{job="node",instance="n",state="used"}': stays(40),
  'system_memory_usage_bytes{job="node",instance="n",state="free"}': stays(10),
  'system_memory_usage_bytes{job="node",instance="n",state="cached"}': stays(50),
  'prometheus_rule_evaluation_failures_total{job="prometheus"}': stays(0),
  'loki_prometheus_rule_evaluation_failures_total{job="loki"}': stays(0),
  'alertmanager_notifications_failed_total{job="alertmanager",integration="slack"}': stays(0),
  'prometheus_config_last_reload_successful{job="prometheus"}': stays(1),
  'alertmanager_config_last_reload_successful{job="alertmanager"}': stays(1),
  'otelcol_exporter_send_failed_spans_total{job="collector"}': stays(0),
  'otelcol_exporter_send_failed_log_records_total{job="collector-agent"}': stays(0),
  'loki_discarded_samples_total{job="loki"}': stays(0),
};
