import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

const requestLabels = ['method', 'route', 'status'] as const;

/**
 * The metrics of one process, on a registry of its own (Prometheus text format).
 *
 * `http_requests_total` and `http_request_duration_seconds` keep their usual names; every other one
 * begins with `guichet_` and ends in its unit.
 */
export function createMetrics({ service }: { service: string }) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
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

  return {
    registry,
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests answered',
      labelNames: requestLabels,
      registers,
    }),
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: requestLabels,
      // 0.25 s is the objective's threshold and must be a boundary, or the objective is a guess.
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
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
    histogram: <T extends string>(options: Omit<HistogramConfiguration<T>, 'registers'>) =>
      new Histogram<T>({ ...options, registers }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
