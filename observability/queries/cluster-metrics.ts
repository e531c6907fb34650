/** What a job of Prometheus offers that is not Guichet's own. */
export type ForeignMetrics = {
  /** Where it is described. */
  readonly source: string;
  /** Those that alerts and dashboards may name. */
  readonly names: readonly string[];
};

/** Metrics of Kubernetes and of its nodes, by the job that scrapes them. */
export const clusterMetrics = {
  'kube-state-metrics': {
    source: 'https://github.com/kubernetes/kube-state-metrics/tree/main/docs',
    names: [
      'kube_pod_info',
      'kube_pod_created',
      'kube_pod_owner',
      'kube_pod_start_time',
      'kube_pod_status_phase',
      'kube_pod_status_ready',
      'kube_pod_container_status_ready',
      'kube_pod_container_status_restarts_total',
      'kube_pod_container_status_waiting_reason',
      'kube_pod_container_status_last_terminated_reason',
      'kube_pod_container_resource_requests',
      'kube_pod_container_resource_limits',
      'kube_deployment_spec_replicas',
      'kube_deployment_status_replicas',
      'kube_deployment_status_replicas_available',
      'kube_deployment_status_replicas_ready',
      'kube_deployment_status_replicas_unavailable',
      'kube_deployment_status_replicas_updated',
      'kube_deployment_metadata_generation',
      'kube_deployment_status_observed_generation',
      'kube_statefulset_replicas',
      'kube_statefulset_status_replicas_ready',
      'kube_daemonset_status_desired_number_scheduled',
      'kube_daemonset_status_number_ready',
      'kube_horizontalpodautoscaler_spec_min_replicas',
      'kube_horizontalpodautoscaler_spec_max_replicas',
      'kube_horizontalpodautoscaler_status_current_replicas',
      'kube_horizontalpodautoscaler_status_desired_replicas',
      'kube_horizontalpodautoscaler_status_condition',
      'kube_poddisruptionbudget_status_current_healthy',
      'kube_poddisruptionbudget_status_desired_healthy',
      'kube_poddisruptionbudget_status_pod_disruptions_allowed',
      'kube_job_failed',
      'kube_job_complete',
      'kube_job_status_failed',
      'kube_job_status_succeeded',
      'kube_node_info',
      'kube_node_status_condition',
      'kube_node_status_allocatable',
      'kube_node_status_capacity',
      'kube_persistentvolumeclaim_info',
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    ],
  },
  // No hostPath volume is measured, and kind's `local-path` class makes those: there, volumes are
  // judged by their node's file system.
  kubelet: {
    source: 'https://kubernetes.io/docs/reference/instrumentation/metrics',
    names: [
      'kubelet_volume_stats_available_bytes',
      'kubelet_volume_stats_capacity_bytes',
      'kubelet_volume_stats_used_bytes',
      'kubelet_volume_stats_inodes_free',
      'kubelet_volume_stats_inodes',
      'kubelet_running_pods',
    ],
  },
  cadvisor: {
    source: 'https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md',
    names: [
      'container_cpu_usage_seconds_total',
      'container_cpu_cfs_periods_total',
      'container_cpu_cfs_throttled_periods_total',
      'container_memory_working_set_bytes',
      'container_memory_rss',
      'container_memory_usage_bytes',
      'container_spec_memory_limit_bytes',
      'container_oom_events_total',
      'container_network_receive_bytes_total',
      'container_network_transmit_bytes_total',
      'container_fs_reads_bytes_total',
      'container_fs_writes_bytes_total',
      'container_start_time_seconds',
      'machine_cpu_cores',
      'machine_memory_bytes',
    ],
  },
  // Labels: `state` of cpu time (idle, iowait, …), of memory (used, free, cached, …) and of file
  // systems (used, free, reserved); `device` and `mountpoint`; `direction` of disks.
  node: {
    source:
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/hostmetricsreceiver',
    names: [
      'system_cpu_time_seconds_total',
      'system_cpu_logical_count',
      'system_cpu_load_average_1m',
      'system_cpu_load_average_5m',
      'system_memory_usage_bytes',
      'system_memory_limit_bytes',
      'system_filesystem_usage_bytes',
      'system_filesystem_inodes_usage',
      'system_disk_io_bytes_total',
      'system_disk_io_time_seconds_total',
      'system_disk_operations_total',
    ],
  },
} satisfies Record<string, ForeignMetrics>;
