import { join } from 'node:path';
import { managementOffset } from '../stack/ports.ts';
import { serviceNames } from '../stack/services.ts';
import { chartedFolder } from './charted.ts';
import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Those that the chart installs, where they are there; on a game day those with short windows. */
function rulesFor({ drill }: Setting): string[] {
  const folder = chartedFolder('prometheus', drill ? 'drill-rules' : 'rules');
  return folder ? [join(folder, '*.yaml')] : [];
}

const job = (name: string, port: number) => ({
  job_name: name,
  static_configs: [{ targets: [local(port)] }],
});

/** Its targets and their labels are those of the chart, as far as they exist on one machine. */
export function prometheus(setting: Setting, running: ReadonlySet<string>): Part {
  const { ports, observe, drill } = setting;
  const watchers = {
    alertmanager: observe.alertmanager,
    loki: observe.loki,
    jaeger: observe.jaegerMetrics,
    collector: observe.collectorMetrics,
  };
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
      ...Object.entries(watchers)
        .filter(([name]) => running.has(name))
        .map(([name, port]) => job(name, port)),
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
