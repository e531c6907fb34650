import type { Jaeger } from '../watchers/jaeger.ts';
import type { Loki } from '../watchers/loki.ts';
import type { Prometheus } from '../watchers/prometheus.ts';
import { until } from '../watchers/until.ts';
import type { Check } from './check.ts';
import type { Bought } from './purchase.ts';

/** Who says something of every purchase: of the messages that they handle. */
const sayingSo = ['reservation', 'notification'];
const labels = ['level', 'service'];
const arrivedWithinMs = 90_000;

export const checkLines = (watched: { loki: Loki }, { traceId, from }: Bought): Check => ({
  name: 'its log lines carry the trace',
  advice: `ask Loki for {service=~".+"} | trace_id="${traceId}", and the collector what it could not send`,
  see: () =>
    until(arrivedWithinMs, async () => {
      const query = `{service=~".+"} | trace_id="${traceId}"`;
      const lines = await watched.loki.lines(query, from);
      const silent = sayingSo.filter(
        (name) => !lines.some((line) => line.labels.service === name && line.labels.span_id),
      );
      if (silent.length > 0) throw new Error(`there is no line of ${silent.join(', ')}`);
      if (!lines.every(({ text }) => text.includes(traceId))) {
        throw new Error('lines of another trace are marked with it');
      }
      return `${lines.length} lines of ${sayingSo.join(', ')}`;
    }),
});

export const checkLabels = (watched: { loki: Loki }): Check => ({
  name: 'lines have two labels',
  advice: 'look at what the collector makes a resource of, and at otlp_config of Loki',
  see: () =>
    until(arrivedWithinMs, async () => {
      const found = (await watched.loki.labels()).sort();
      if (found.join() !== labels.join()) throw new Error(`they are ${found.join(', ') || 'none'}`);
      return found.join(', ');
    }),
});

/** A latency that was measured leads to what took so long: to our own purchase, or to one since. */
export const checkExemplar = (
  watched: { prometheus: Prometheus; jaeger: Jaeger },
  { from, traceId }: Bought,
): Check => ({
  name: 'its exemplar resolves',
  advice: 'see whether Prometheus runs with exemplar-storage and the services answer OpenMetrics',
  see: () =>
    until(arrivedWithinMs, async () => {
      const query = 'http_request_duration_seconds_bucket{service="gateway"}';
      const measured = new Set(await watched.prometheus.exemplarTraces(query, from));
      if (measured.size === 0) throw new Error('no latency of the gateway has an exemplar since');
      const ours = measured.has(traceId) ? [traceId] : [...measured].slice(0, 20);
      for (const id of ours) {
        const spans = await watched.jaeger.spans(id).catch(() => []);
        if (spans.length > 0) return `it leads to trace ${id} of ${spans.length} spans`;
      }
      throw new Error(`Jaeger has none of the ${measured.size} traces that exemplars lead to`);
    }),
});
