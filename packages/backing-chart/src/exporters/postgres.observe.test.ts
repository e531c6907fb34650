import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresExporter } from '@guichet/images/backing/exporters';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { startEmbeddedPostgres } from '@guichet/local-stack/providers/postgres';
import type { Provided } from '@guichet/local-stack/providers/provider';
import { exporterMetrics } from '@guichet/observability/queries/exporter-metrics.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chart, render } from '../helm.ts';
import { type Exporter, scrape, secretText, startExporter } from './start-exporter.ts';

const run = promisify(execFile);
const files = join(chart, 'files/postgres');
const folder = mkdtempSync(join(tmpdir(), 'guichet-exporter-'));
const metricsRole = 'guichet_metrics';
const someService = 'guichet_reservation';

let server: Provided;
let exporter: Exporter;
let passwords: Record<string, string>;

const as = (role: string, database: string) => {
  const url = new URL(server.url);
  [url.username, url.password, url.pathname] = [role, passwords[role] ?? '', database];
  return url.href;
};
async function asking(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A server with the chart's roles and with its word on who may come in. */
beforeAll(async () => {
  // PostgreSQL runs as a user of its own and must be able to walk through.
  chmodSync(folder, 0o711);
  const objects = await render('-f', join(chart, 'values-offline.yaml'));
  const port = await freePorts(1);
  const data = join(folder, 'pg');
  server = await startEmbeddedPostgres({ port, folder: data, durable: false });
  passwords = Object.fromEntries(
    [metricsRole, someService].map((role) => [role, secretText(objects, 'guichet-postgres', role)]),
  );
  for (const [role, password] of Object.entries(passwords)) {
    const file = join(folder, role);
    writeFileSync(file, password);
    const variables = ['-v', 'ON_ERROR_STOP=1', '-v', `role=${role}`, '-v', `file=${file}`];
    await run('psql', ['-d', server.url, '-qAt', ...variables, '-f', join(files, 'role.sql')]);
  }
  copyFileSync(join(files, 'pg_hba.conf'), join(data, 'data/pg_hba.conf'));
  await asking(server.url, 'select pg_reload_conf()');
  exporter = await startExporter(objects, {
    server: 'postgres',
    image: postgresExporter,
    root: join(folder, 'root'),
    moved: { 'guichet-postgres:5432': `127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await exporter?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the exporter finds its server up and tells all that rules may name', async () => {
  const told = await scrape(exporter.url);

  expect(told.get('pg_up')).toBe(1);
  expect(told.get('pg_settings_max_connections')).toBeGreaterThan(0);
  expect(exporterMetrics.postgres?.names.filter((name) => !told.has(name))).toEqual([]);
});

test('its role sees what every database does, and no row of any table', async () => {
  const busy = new pg.Client({ connectionString: as(someService, someService) });
  await busy.connect();
  await busy.query('create table secrets as select 1 as one');
  await asking(server.url, 'create table secrets as select 1 as one');

  const seen = await asking(
    as(metricsRole, 'postgres'),
    `select query from pg_stat_activity where datname = '${someService}'`,
  );
  await busy.end();

  expect(seen).toEqual([{ query: 'create table secrets as select 1 as one' }]);
  await expect(asking(as(metricsRole, 'postgres'), 'table secrets')).rejects.toThrow(
    'permission denied for table secrets',
  );
  await expect(asking(as(metricsRole, someService), 'select 1')).rejects.toThrow(/pg_hba.conf/);
  expect(
    await asking(server.url, `select 1 from pg_database where datname = '${metricsRole}'`),
  ).toEqual([]);
});

test('while its server is down it is the one who says so', async () => {
  await server.stop();

  expect((await scrape(exporter.url)).get('pg_up')).toBe(0);
});
