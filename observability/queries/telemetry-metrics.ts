import type { ForeignMetrics } from './cluster-metrics.ts';

const collector = [
  'otelcol_receiver_accepted_spans_total',
  'otelcol_receiver_refused_spans_total',
  'otelcol_receiver_failed_spans_total',
  'otelcol_exporter_sent_spans_total',
  'otelcol_exporter_send_failed_spans_total',
  'otelcol_exporter_enqueue_failed_spans_total',
];

/**
 * Metrics of what watches, by the job that scrapes it. Counters of failures come into being with the
 * first failure: absent is none.
 */
export const telemetryMetrics = {
  prometheus: {
    source: 'https://prometheus.io/docs/prometheus/latest/getting_started',
    names: [
      'prometheus_ready',
      'prometheus_config_last_reload_successful',
      'prometheus_rule_evaluations_total',
      'prometheus_rule_evaluation_failures_total',
      'prometheus_rule_group_iterations_missed_total',
      'prometheus_rule_group_last_duration_seconds',
      'prometheus_rule_group_interval_seconds',
      'prometheus_notifications_sent_total',
      'prometheus_notifications_errors_total',
      'prometheus_notifications_dropped_total',
      'prometheus_notifications_alertmanagers_discovered',
      'prometheus_sd_kubernetes_failures_total',
      'prometheus_target_scrape_pool_targets',
      'prometheus_target_scrapes_exceeded_sample_limit_total',
      'prometheus_tsdb_head_series',
      'prometheus_tsdb_head_samples_appended_total',
      'prometheus_tsdb_storage_blocks_bytes',
      'prometheus_tsdb_compactions_failed_total',
      'prometheus_tsdb_exemplar_exemplars_in_storage',
      'process_resident_memory_bytes',
    ],
  },
  alertmanager: {
    source: 'https://prometheus.io/docs/alerting/latest/alertmanager',
    names: [
      'alertmanager_alerts',
      'alertmanager_alerts_received_total',
      'alertmanager_alerts_invalid_total',
      'alertmanager_notifications_total',
      'alertmanager_notifications_failed_total',
      'alertmanager_silences',
      'alertmanager_config_last_reload_successful',
    ],
  },
  loki: {
    source: 'https://grafana.com/docs/loki/latest/operations/observability',
    names: [
      'loki_distributor_lines_received_total',
      'loki_distributor_bytes_received_total',
      'loki_discarded_samples_total',
      'loki_request_duration_seconds_count',
      'loki_request_duration_seconds_bucket',
      'loki_ingester_memory_streams',
      'loki_prometheus_rule_evaluation_failures_total',
      'loki_ingester_chunks_flush_failures_total',
      'loki_ingester_wal_disk_full_failures_total',
      'loki_panic_total',
    ],
  },
  // Built on the collector, and tells the same of what it takes in and stores.
  jaeger: {
    source: 'https://www.jaegertracing.io/docs/latest/operations/monitoring',
    names: collector,
  },
  collector: {
    source: 'https://opentelemetry.io/docs/collector/internal-telemetry',
    names: [
      ...collector,
      'otelcol_exporter_queue_size',
      'otelcol_exporter_queue_capacity',
      'otelcol_processor_tail_sampling_count_traces_sampled_total',
      'otelcol_processor_tail_sampling_global_count_traces_sampled_total',
      'otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total',
      'otelcol_processor_tail_sampling_sampling_traces_on_memory',
    ],
  },
  'collector-agent': {
    source: 'https://opentelemetry.io/docs/collector/internal-telemetry',
    names: [
      'otelcol_receiver_accepted_log_records_total',
      'otelcol_receiver_refused_log_records_total',
      'otelcol_receiver_failed_log_records_total',
      'otelcol_exporter_sent_log_records_total',
      'otelcol_exporter_send_failed_log_records_total',
      'otelcol_exporter_enqueue_failed_log_records_total',
      'otelcol_exporter_queue_size',
      'otelcol_exporter_queue_capacity',
    ],
  },
} satisfies Record<string, ForeignMetrics>;
