/** What others than our services say, by who says it: the names that rules and boards ask for. */
type Exporter = {
  /** Where one reads that it has them. */
  readonly source: string;
  readonly names: readonly string[];
};

export const exporterMetrics = {
  /** The Node client of Prometheus, in every process of ours. */
  process: {
    source: 'https://github.com/siimon/prom-client/tree/v15.1.3/lib/metrics',
    names: [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_eventloop_lag_p50_seconds',
      'nodejs_heap_size_used_bytes',
      'nodejs_heap_size_total_bytes',
    ],
  },
} satisfies Record<string, Exporter>;
