import { type Metric, type OpenMetricsContentType, Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';

const openMetrics = 'application/openmetrics-text';

/**
 * The same metrics for one scrape in OpenMetrics. prom-client renames a counter for good when it
 * writes it so; here it renames what stands in front of it.
 */
function inOpenMetrics(registry: Registry, labels: object): Registry<OpenMetricsContentType> {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  open.setDefaultLabels(labels);
  for (const metric of registry.getMetricsAsArray()) {
    open.registerMetric(Object.create(metric) as Metric);
  }
  return open;
}

/**
 * What `/metrics` answers: OpenMetrics, which has exemplars, to who accepts it, as Prometheus does;
 * its plain text to everybody else.
 */
export async function expose(
  { registry, labels }: Pick<Metrics, 'registry' | 'labels'>,
  accept = '',
): Promise<{ contentType: string; body: string }> {
  const asked = accept.includes(openMetrics) ? inOpenMetrics(registry, labels) : registry;
  return { contentType: asked.contentType, body: await asked.metrics() };
}
