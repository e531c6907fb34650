import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, startProgram } from './program.ts';

/** As the chart has it, as far as it decides what a line looks like when it is asked for. */
const configuration = (port: number, folder: string) => ({
  auth_enabled: false,
  analytics: { reporting_enabled: false },
  server: {
    http_listen_address: '127.0.0.1',
    http_listen_port: port,
    grpc_listen_address: '127.0.0.1',
    grpc_listen_port: port + 1,
    log_level: 'warn',
  },
  common: {
    path_prefix: folder,
    replication_factor: 1,
    ring: { kvstore: { store: 'inmemory' }, instance_addr: '127.0.0.1' },
    storage: {
      filesystem: {
        chunks_directory: join(folder, 'chunks'),
        rules_directory: join(folder, 'rules'),
      },
    },
  },
  // Where it is asked for what its parts found: another address of this machine, unless it is said.
  frontend: { address: '127.0.0.1', port: port + 1 },
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
  limits_config: {
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
});

export function startLoki({ port, folder }: { port: number; folder: string }): Promise<Program> {
  const own = join(folder, 'loki');
  mkdirSync(own);
  const file = join(folder, 'loki.json');
  writeFileSync(file, JSON.stringify(configuration(port, own)));
  return startProgram('loki', {
    url: `http://127.0.0.1:${port}`,
    ready: '/ready',
    args: [`-config.file=${file}`],
  });
}

type Said = { service?: string; level?: string; time?: string; traceId?: string; spanId?: string };

const attribute = (key: string, stringValue = 'unknown') => ({ key, value: { stringValue } });

/** Sends lines as the collector does: service and level as labels, the trace beside the line. */
export async function sendLines(url: string, lines: readonly string[]): Promise<void> {
  const resourceLogs = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => {
      const { service, level, time, traceId, spanId } = JSON.parse(line) as Said;
      const record = {
        timeUnixNano: `${time ? Date.parse(time) : Date.now()}000000`,
        body: { stringValue: line },
        ...(traceId && { traceId, spanId }),
      };
      return {
        resource: { attributes: [attribute('service', service), attribute('level', level)] },
        scopeLogs: [{ logRecords: [record] }],
      };
    });
  const answer = await fetch(new URL('/otlp/v1/logs', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs }),
  });
  if (!answer.ok) throw new Error(`Loki took no lines: ${await answer.text()}`);
}
