import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { expect, vi } from 'vitest';

export const config = join(
  import.meta.dirname,
  '../../charts/guichet-observability/files/alertmanager/alertmanager.yaml',
);

export type Labels = Readonly<Record<string, string>>;
type Seen = {
  labels: Labels;
  status: { inhibitedBy: string[] };
};

/** Alertmanager as the chart configures it, on a port of its own. */
export async function startAlertmanager() {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-alertmanager-'));
  const address = `127.0.0.1:${await freePorts(1)}`;
  const child = spawn(
    'alertmanager',
    [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const api = (path: string, init?: RequestInit) => fetch(`http://${address}/api/v2${path}`, init);
  await vi.waitFor(async () => expect((await api('/status')).ok).toBe(true), { timeout: 20_000 });

  return {
    async fire(alerts: readonly Labels[]): Promise<void> {
      const answer = await api('/alerts', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts.map((labels) => ({ labels }))),
      });
      expect(answer.status).toBe(200);
    },
    async seen(): Promise<readonly Seen[]> {
      return (await (await api('/alerts')).json()) as Seen[];
    },
    async end(): Promise<void> {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
