/** What one process says of a metric at `/metrics`. */
export type Exposed = {
  kind: string;
  /** The names of the labels that its samples have, without `le`. */
  readonly labels: Set<string>;
  /** Distinct label sets, buckets counted once. */
  readonly series: Set<string>;
  /** Lines, each a series of Prometheus’. */
  samples: number;
};

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+/;
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
/** What a histogram’s own samples are named by, besides it. */
const suffix = /_(bucket|sum|count)$/;

/** Reads Prometheus’ text format: each metric with the labels and series that it has. */
export function readExposition(text: string): Map<string, Exposed> {
  const metrics = new Map<string, Exposed>();
  for (const line of text.split('\n')) {
    const [, declared, kind] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (declared && kind) {
      metrics.set(declared, { kind, labels: new Set(), series: new Set(), samples: 0 });
      continue;
    }
    const [, name = '', pairs = ''] = sampleLine.exec(line) ?? [];
    const metric = metrics.get(name) ?? metrics.get(name.replace(suffix, ''));
    if (!metric) continue;
    metric.samples += 1;
    const labels = [...pairs.matchAll(labelPair)].filter(([, label]) => label !== 'le');
    for (const [, label = ''] of labels) metric.labels.add(label);
    metric.series.add(labels.map(([pair]) => pair).join());
  }
  return metrics;
}
