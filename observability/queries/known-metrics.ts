import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metrics } from '../contract.ts';
import { exporterMetrics } from './exporter-metrics.ts';

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

/** What prom-client collects in every process of ours, as far as boards ask for it. */
const ofProcess = [
  'up',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'process_start_time_seconds',
  'nodejs_eventloop_lag_p50_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_heap_size_used_bytes',
];

/** With the names of a histogram's own samples. */
const samplesOf = (name: string) => [name, ...ofHistogram.map((suffix) => `${name}_${suffix}`)];

/** Of the contract's, those that are emitted wherever a service runs, or those that are not. */
const emitted = (everywhere: boolean) =>
  Object.entries(metrics)
    .filter(([, { only }]) => (only === undefined) === everywhere)
    .flatMap(([name, { kind }]) => (kind === 'histogram' ? samplesOf(name) : [name]));

/** Every series that somebody is known to give, by who does. */
export const knownMetrics = () => ({
  services: new Set([...emitted(true), ...ofProcess]),
  elsewhere: new Set(emitted(false)),
  rules: new Set([...recorded(), 'ALERTS']),
  exporters: new Set(Object.values(exporterMetrics).flatMap(({ names }) => names)),
});
