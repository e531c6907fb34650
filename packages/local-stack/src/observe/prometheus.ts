import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { managementOffset } from '../stack/ports.ts';
import { serviceNames } from '../stack/services.ts';
import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

const charted = join(
  import.meta.dirname,
  '../../../../charts/guichet-observability/files/prometheus',
);

/** Those that the chart installs, where they are there; on a game day those with short windows. */
function rulesFor({ drill }: Setting): string[] {
  const folder = join(charted, drill ? 'drill-rules' : 'rules');
  return existsSync(folder) ? [join(folder, '*.yaml')] : [];
}

const job = (name: string, ...ports: number[]) => ({
  job_name: name,
  static_configs: [{ targets: ports.map(local) }],
});

/** Its targets and their labels are those of the chart, as far as they exist on one machine. */
export function prometheus(setting: Setting): Part {
  const { ports, observe, drill } = setting;
  const file = configure(setting, 'prometheus', {
    global: {
      scrape_interval: drill ? '5s' : '15s',
      evaluation_interval: drill ? '5s' : '15s',
    },
    rule_files: rulesFor(setting),
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [local(observe.alertmanager)] }] }],
    },
    scrape_configs: [
      {
        job_name: 'guichet',
        static_configs: serviceNames.map((name) => ({
          targets: [local(ports[name] + managementOffset)],
          labels: { app: name },
        })),
      },
      job('prometheus', observe.prometheus),
      job('alertmanager', observe.alertmanager),
      job('loki', observe.loki),
      job('jaeger', observe.jaegerMetrics),
      job('collector', observe.collectorMetrics),
    ],
  });
  const data = join(folderOf(setting, 'prometheus'), 'data');
  return {
    name: 'prometheus',
    programs: ['prometheus'],
    image: 'quay.io/prometheus/prometheus:v3.15.0',
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=2d',
      '--storage.tsdb.retention.size=512MB',
      '--enable-feature=exemplar-storage',
      `--web.listen-address=${local(observe.prometheus)}`,
    ],
    port: observe.prometheus,
    folder: folderOf(setting, 'prometheus'),
    memoryMi: 256,
  };
}
