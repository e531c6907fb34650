/** What rules ask of others than our services, by who tells it. */
export const exporterMetrics = {
  Prometheus: ['up', 'prometheus_config_last_reload_successful'],
  'Prometheus’ rules': ['prometheus_rule_evaluation_failures_total'],
  Alertmanager: [
    'alertmanager_config_last_reload_successful',
    'alertmanager_notifications_failed_total',
  ],
  Loki: ['loki_discarded_samples_total', 'loki_prometheus_rule_evaluation_failures_total'],
  'OpenTelemetry Collector': ['spans', 'log_records'].flatMap((signal) =>
    ['exporter_send_failed', 'exporter_enqueue_failed', 'receiver_refused'].flatMap((what) => [
      `otelcol_${what}_${signal}`,
      `otelcol_${what}_${signal}_total`,
    ]),
  ),
  'the collector’s hostmetrics': ['system_filesystem_usage_bytes', 'system_memory_usage_bytes'],
  'kube-state-metrics': [
    'kube_deployment_spec_replicas',
    'kube_deployment_status_replicas_available',
    'kube_horizontalpodautoscaler_spec_max_replicas',
    'kube_horizontalpodautoscaler_spec_min_replicas',
    'kube_horizontalpodautoscaler_status_current_replicas',
    'kube_job_failed',
    'kube_pod_container_resource_limits',
    'kube_pod_container_status_restarts_total',
  ],
  cAdvisor: ['container_memory_working_set_bytes'],
  kubelet: ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes'],
  postgres_exporter: ['pg_up', 'pg_stat_activity_count', 'pg_settings_max_connections'],
  mongodb_exporter: ['mongodb_up'],
  redis_exporter: ['redis_up'],
  'RabbitMQ’s plugin': [
    'rabbitmq_alarms_free_disk_space_watermark',
    'rabbitmq_alarms_memory_used_watermark',
    'rabbitmq_detailed_queue_messages_ready',
    'rabbitmq_disk_space_available_bytes',
    'rabbitmq_disk_space_available_limit_bytes',
    'rabbitmq_process_resident_memory_bytes',
    'rabbitmq_queue_messages_ready',
    'rabbitmq_resident_memory_limit_bytes',
  ],
  'prom-client, of each process': ['process_start_time_seconds'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
