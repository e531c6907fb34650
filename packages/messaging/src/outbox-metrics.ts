import type { Metrics } from '@guichet/telemetry/metrics';

/** What the alert on a stuck outbox looks at, wherever the outbox is kept. */
export function outboxMetrics(metrics: Metrics) {
  const age = metrics.gauge({
    name: 'guichet_outbox_age_seconds',
    help: 'Age of the oldest fact that is not published yet; 0 when there is none',
  });
  const published = metrics.counter({
    name: 'guichet_outbox_published_total',
    help: 'Facts published from the outbox',
  });
  const failures = metrics.counter({
    name: 'guichet_outbox_failures_total',
    help: 'Times that facts could not be published',
  });
  return {
    published: (count: number) => published.inc(count),
    failed: () => failures.inc(),
    /** Since when the oldest fact of each outbox waits; in milliseconds since 1970. */
    oldest(times: readonly (number | undefined)[]) {
      const oldest = Math.min(...times.filter((time) => time !== undefined));
      age.set(Number.isFinite(oldest) ? Math.max(0, (Date.now() - oldest) / 1_000) : 0);
    },
  };
}
