import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chartedFolder } from './charted.ts';
import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Loki reads rules by tenant; this is whose they are where there are none. */
const nobody = 'fake';

function rulesIn(setting: Setting): string {
  const folder = join(folderOf(setting, 'loki'), 'rules');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, nobody), { recursive: true });
  const charted = chartedFolder('loki', 'rules');
  if (charted) cpSync(charted, join(folder, nobody), { recursive: true });
  return folder;
}

/** With the labels of the chart's: a service and a level; the trace is structured metadata. */
export function loki(setting: Setting): Part {
  const { observe, drill } = setting;
  const folder = folderOf(setting, 'loki');
  const data = join(folder, 'data');
  const file = configure(setting, 'loki', {
    auth_enabled: false,
    server: {
      http_listen_address: '127.0.0.1',
      http_listen_port: observe.loki,
      grpc_listen_address: '127.0.0.1',
      grpc_listen_port: observe.lokiGrpc,
      log_level: 'warn',
    },
    analytics: { reporting_enabled: false },
    common: {
      path_prefix: data,
      replication_factor: 1,
      ring: { kvstore: { store: 'inmemory' }, instance_addr: '127.0.0.1' },
      storage: {
        filesystem: {
          chunks_directory: join(data, 'chunks'),
          rules_directory: join(data, 'rules'),
        },
      },
    },
    schema_config: {
      configs: [
        {
          from: '2024-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    // What answers it asks to be answered at, which would be another address of this machine's.
    frontend: { address: '127.0.0.1', port: observe.lokiGrpc },
    compactor: {
      working_directory: join(data, 'compactor'),
      retention_enabled: true,
      delete_request_store: 'filesystem',
    },
    limits_config: {
      retention_period: '48h',
      allow_structured_metadata: true,
      discover_service_name: [],
      discover_log_levels: false,
      volume_enabled: true,
      otlp_config: {
        resource_attributes: {
          ignore_defaults: true,
          attributes_config: [{ action: 'index_label', attributes: ['service', 'level'] }],
        },
      },
    },
    ruler: {
      storage: { type: 'local', local: { directory: rulesIn(setting) } },
      rule_path: join(data, 'rules-temporary'),
      ring: { kvstore: { store: 'inmemory' } },
      enable_api: true,
      evaluation_interval: drill ? '5s' : '1m',
      alertmanager_url: `http://${local(observe.alertmanager)}`,
    },
  });
  return {
    name: 'loki',
    programs: ['loki'],
    image: 'docker.io/grafana/loki:3.7.8',
    args: [`-config.file=${file}`],
    port: observe.loki,
    folder,
    memoryMi: 256,
  };
}
