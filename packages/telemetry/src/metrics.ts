import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  type LabelValues,
  type Metric,
  Registry,
} from 'prom-client';

const requestLabels = ['method', 'route', 'status'] as const;

/** Gauges that are named like counters, and are the sum of `nodejs_active_…` by type. */
const saidTwice = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/**
 * The metrics of one process, on a registry of its own (Prometheus text format).
 *
 * `http_requests_total` and `http_request_duration_seconds` keep their usual names; every other one
 * begins with `guichet_` and ends in its unit.
 */
export function createMetrics({ service }: { service: string }) {
  const registry = new Registry();
  const labels = { service };
  registry.setDefaultLabels(labels);
  collectDefaultMetrics({ register: registry });
  for (const name of saidTwice) registry.removeSingleMetric(name);
  const registers = [registry];

  /** One whose `collect` fails is left out of that scrape; the others are told all the same. */
  const gauge = <T extends string>({
    collect,
    ...options
  }: Omit<GaugeConfiguration<T>, 'registers'>) =>
    new Gauge<T>({
      ...options,
      ...(collect && {
        async collect() {
          try {
            await collect.call(this);
          } catch {
            this.remove();
          }
        },
      }),
      registers,
    });

  /**
   * Its samples may say of which trace they are one, `sampledTraceId`, told where a scrape asks for
   * it. prom-client refuses such a one a registry of plain text, which only leaves it out.
   */
  function tracedHistogram<T extends string>(
    options: Pick<HistogramConfiguration<T>, 'name' | 'help' | 'labelNames' | 'buckets'>,
  ) {
    const histogram = new Histogram<T>({ ...options, enableExemplars: true, registers: [] });
    registry.registerMetric(histogram as unknown as Metric);
    return {
      observe(labels: LabelValues<T>, value: number, traceId?: string | undefined): void {
        if (traceId === undefined) {
          histogram.observe({ labels, value });
          return;
        }
        const exemplarLabels = { trace_id: traceId } as LabelValues<string>;
        histogram.observe({ labels, value, exemplarLabels: exemplarLabels as LabelValues<T> });
      },
    };
  }

  return {
    registry,
    /** Those that every sample has. */
    labels,
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests answered',
      labelNames: requestLabels,
      registers,
    }),
    httpDuration: tracedHistogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: requestLabels,
      // 0.25 s is the objective's threshold and must be a boundary, or the objective is a guess.
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    }),
    counter: <T extends string>(options: Omit<CounterConfiguration<T>, 'registers'>) =>
      new Counter<T>({ ...options, registers }),
    gauge,
    /**
     * Gauges that one reading fills, at each scrape. Filled by the `collect` of another, a gauge
     * says what it was at the scrape before.
     */
    gaugesOf<Read>(
      read: () => Promise<Read>,
      gauges: readonly { name: string; help: string; of: (read: Read) => number }[],
    ): void {
      let reading: Promise<Read> | undefined;
      for (const { name, help, of } of gauges) {
        gauge({
          name,
          help,
          async collect() {
            reading ??= read().finally(() => {
              reading = undefined;
            });
            this.set(of(await reading));
          },
        });
      }
    },
    tracedHistogram,
    histogram: <T extends string>(options: Omit<HistogramConfiguration<T>, 'registers'>) =>
      new Histogram<T>({ ...options, registers }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
