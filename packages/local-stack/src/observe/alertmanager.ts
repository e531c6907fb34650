import { join } from 'node:path';
import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Alerts are kept to be looked at; on one machine nobody is paged. */
export function alertmanager(setting: Setting): Part {
  const { observe } = setting;
  const folder = folderOf(setting, 'alertmanager');
  const file = configure(setting, 'alertmanager', {
    route: { receiver: 'nobody', group_by: ['alertname', 'service'] },
    receivers: [{ name: 'nobody' }],
  });
  return {
    name: 'alertmanager',
    programs: ['alertmanager'],
    image: 'quay.io/prometheus/alertmanager:v0.34.2',
    args: [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      '--data.retention=24h',
      // Alone: it looks for no others.
      '--cluster.listen-address=',
      `--web.listen-address=${local(observe.alertmanager)}`,
    ],
    port: observe.alertmanager,
    folder,
    memoryMi: 64,
  };
}
