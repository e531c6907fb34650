import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { expect, vi } from 'vitest';
import { stringify } from 'yaml';

type Line = {
  readonly service: string;
  readonly level: string;
  /** Instead of JSON. */
  readonly text?: string;
  readonly [key: string]: unknown;
};
type Alert = { readonly labels: Readonly<Record<string, string>>; readonly state: string };

const configOf = (folder: string, port: number, grpcPort: number) => ({
  auth_enabled: false,
  server: {
    http_listen_address: '127.0.0.1',
    http_listen_port: port,
    grpc_listen_address: '127.0.0.1',
    grpc_listen_port: grpcPort,
  },
  analytics: { reporting_enabled: false },
  common: {
    path_prefix: folder,
    replication_factor: 1,
    ring: { kvstore: { store: 'inmemory' }, instance_addr: '127.0.0.1' },
    storage: { filesystem: { chunks_directory: join(folder, 'chunks') } },
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
  ingester: { lifecycler: { min_ready_duration: '0s' } },
  ruler: {
    storage: { type: 'local', local: { directory: join(folder, 'rules') } },
    rule_path: join(folder, 'read'),
    ring: { kvstore: { store: 'inmemory' } },
    enable_api: true,
    evaluation_interval: '1s',
  },
});

/** Loki with these rules, evaluated each second. */
export async function startLoki(rules: string) {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-loki-'));
  // Without tenants everything is the tenant `fake`'s.
  mkdirSync(join(folder, 'rules', 'fake'), { recursive: true });
  writeFileSync(join(folder, 'rules', 'fake', 'logs.yaml'), rules);
  const port = await freePorts(1);
  const config = stringify(configOf(folder, port, await freePorts(1)));
  writeFileSync(join(folder, 'loki.yaml'), config);
  const child = spawn('loki', [`-config.file=${join(folder, 'loki.yaml')}`], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const api = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  await vi.waitFor(async () => expect((await api('/ready')).ok).toBe(true), { timeout: 60_000 });

  return {
    /** As the collector sends them: two labels, and the line as pino, or a server, wrote it. */
    async push(lines: readonly Line[]): Promise<void> {
      const now = BigInt(Date.now()) * 1_000_000n;
      const streams = lines.map((line, at) => ({
        stream: { service: line.service, level: line.level },
        values: [[String(now + BigInt(at)), line.text ?? JSON.stringify(line)]],
      }));
      const answer = await api('/loki/api/v1/push', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ streams }),
      });
      expect(answer.status).toBe(204);
    },
    async firing(): Promise<readonly Alert['labels'][]> {
      const answer = await api('/prometheus/api/v1/alerts');
      const { data } = (await answer.json()) as { data: { alerts: Alert[] } };
      return data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels);
    },
    /** How often each rule was evaluated, and failed. */
    async evaluations(): Promise<{ done: number; failed: number }> {
      const text = await (await api('/metrics')).text();
      const sum = (name: string) =>
        [...text.matchAll(new RegExp(`^${name}\\{.*\\} (\\S+)$`, 'gm'))].reduce(
          (total, [, value]) => total + Number(value),
          0,
        );
      return {
        done: sum('loki_prometheus_rule_evaluations_total'),
        failed: sum('loki_prometheus_rule_evaluation_failures_total'),
      };
    },
    async end(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
