import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metrics } from '../contract.ts';
import { exporterMetrics } from '../exporter-metrics.ts';
import { promisedMetrics } from '../promised-metrics.ts';

const rules = join(
  import.meta.dirname,
  '../../charts/guichet-observability/files/prometheus/rules',
);
const ofHistogram = ['bucket', 'sum', 'count'];

/** What the rule files that the chart installs record. */
function recorded(): string[] {
  if (!existsSync(rules)) return [];
  return readdirSync(rules).flatMap((file) => {
    const text = readFileSync(join(rules, file), 'utf8');
    return [...text.matchAll(/^\s*(?:- )?record: *["']?([\w:]+)/gm)].map(([, name = '']) => name);
  });
}

/** With the names of a histogram's own samples. */
const samplesOf = (name: string) => [name, ...ofHistogram.map((suffix) => `${name}_${suffix}`)];

/** Every series that somebody is known to give, by who does. */
export function knownMetrics() {
  const emitted = Object.entries(metrics).flatMap(([name, { kind }]) =>
    kind === 'histogram' ? samplesOf(name) : [name],
  );
  return {
    services: new Set(emitted),
    rules: new Set(recorded()),
    exporters: new Set(Object.values(exporterMetrics).flatMap(({ names }) => names)),
    promised: new Set(promisedMetrics.flatMap(samplesOf)),
  };
}
