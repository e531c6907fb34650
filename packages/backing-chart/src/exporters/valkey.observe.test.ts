import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { redisExporter } from '@guichet/images/backing/exporters';
import { type Child, startChild } from '@guichet/local-stack/providers/child';
import { freePorts, untilListening } from '@guichet/local-stack/providers/ports';
import { findValkey } from '@guichet/local-stack/providers/valkey';
import { exporterMetrics } from '@guichet/observability/queries/exporter-metrics.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chart, render } from '../helm.ts';
import { type Exporter, scrape, secretText, startExporter } from './start-exporter.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'guichet-exporter-'));

let server: Child;
let port: number;
let exporter: Exporter;
let passwords: { everybody: string; metrics: string };

/** What the server answers somebody. */
async function asked(password: string, ...words: string[]): Promise<string> {
  const user = password === passwords.metrics ? ['--user', 'metrics'] : [];
  const { stdout } = await run('redis-cli', ['-p', String(port), ...user, ...words], {
    env: { ...process.env, REDISCLI_AUTH: password },
  });
  return stdout.trim();
}

/** A server with the users of the chart's Secret. */
beforeAll(async () => {
  const objects = await render('-f', join(chart, 'values-offline.yaml'));
  const secret = (key: string) => secretText(objects, 'guichet-valkey', key);
  passwords = { everybody: secret('password'), metrics: secret('metrics') };
  port = await freePorts(1);
  const auth = join(folder, 'auth.conf');
  writeFileSync(auth, secret('auth.conf'));
  const settings = [
    `include ${auth}`,
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    'save ""',
  ];
  writeFileSync(join(folder, 'valkey.conf'), `${settings.join('\n')}\n`);
  server = startChild((await findValkey()) ?? 'valkey-server', [join(folder, 'valkey.conf')], {});
  await untilListening(port, { waitMs: 30_000, gaveUp: server.ended });
  exporter = await startExporter(objects, {
    server: 'valkey',
    image: redisExporter,
    root: join(folder, 'root'),
    moved: { 'guichet-valkey:6379': `127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await exporter?.stop();
  await server?.stop(10_000);
  rmSync(folder, { recursive: true, force: true });
});

test('the exporter finds its server up and tells all that rules may name', async () => {
  await asked(passwords.everybody, 'set', 'limit', '1', 'ex', '60');

  const told = await scrape(exporter.url);

  expect(told.get('redis_up')).toBe(1);
  expect(told.get('redis_exporter_last_scrape_error')).toBe(0);
  expect(exporterMetrics.valkey?.names.filter((name) => !told.has(name))).toEqual([]);
});

test.each([
  ['get', 'limit'],
  ['set', 'limit', '0'],
  ['keys', '*'],
  ['config', 'get', '*'],
  ['client', 'kill', 'type', 'normal'],
  ['flushall'],
])('its user may not %s', async (...words) => {
  expect(await asked(passwords.metrics, ...words)).toMatch(/^NOPERM/);
});

test('what the services are told is as it was', async () => {
  expect(await asked(passwords.everybody, 'get', 'limit')).toBe('1');
  expect(await asked('', 'get', 'limit')).toMatch(/^NOAUTH/);
});

test('while its server is down it is the one who says so', async () => {
  await server.stop(10_000);

  expect((await scrape(exporter.url)).get('redis_up')).toBe(0);
});
