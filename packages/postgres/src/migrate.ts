import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';
import { unreachable } from '@guichet/telemetry/unreachable';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { type Migration, MigrationError, type Series, seriesOf } from './migration-files.ts';
import { keepVersion, schemaVersions } from './schema-versions.ts';

/** Any number, the same everywhere: processes that migrate one database take turns. */
const lockId = 7_201_915;
const lockNotAvailable = '55P03';
/**
 * How long a migration waits for a table that others use. Whoever comes after it waits behind it,
 * sales too, so it gives way after a moment and tries again.
 */
const tableLockMs = 1_000;
const pauseMs = 250;

async function connect(url: string, until: number, logger?: Logger): Promise<pg.Client> {
  for (let told = false; ; await sleep(pauseMs)) {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'migrate',
      connectionTimeoutMillis: 5_000,
    });
    // The statement under way is told of a connection that breaks; unheard, it would end us.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (cause) {
      await client.end().catch(() => {});
      const { message } = unreachable({
        server: 'PostgreSQL',
        url,
        setting: 'DATABASE_URL',
        cause,
      });
      if (Date.now() > until)
        throw new MigrationError(`Nothing is migrated. ${message}`, { cause });
      if (!told) logger?.warn(`waiting for the database: ${message}`);
      told = true;
    }
  }
}

/** One at a time: the first migrates, the others find nothing left to do. */
async function takeTurn(client: pg.Client, logger?: Logger): Promise<void> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [lockId]);
  if (rows[0].taken) return;
  logger?.info('another process migrates this database; waiting for it');
  await client.query('select pg_advisory_lock($1)', [lockId]);
}

/** A number that stands for another migration here than there would skip one, or do one twice. */
async function refuseOthers(client: pg.Client, { appliedIn, migrations }: Series): Promise<void> {
  const { rows } = await client.query('select to_regclass($1) as found', [appliedIn]);
  if (rows[0].found === null) return;
  const applied = await client.query<{ name: string }>(`select name from ${appliedIn}`);
  for (const { name } of applied.rows) {
    const here = migrations[Number.parseInt(name, 10) - 1];
    if (here && here.name !== name) {
      throw new MigrationError(
        `The database has had ${name}, and this release has ${here.name} in its place: a migration that was applied keeps its name and number.`,
      );
    }
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Where a statement broke; the whole file is one to the server. */
function lineOf(sql: string, { position }: { position?: string }): string {
  return position ? `, line ${sql.slice(0, Number(position)).split('\n').length}` : '';
}

/** Gives node-pg-migrate each file with what it does to the version, and says which one begins. */
const loaderOf =
  ({ name, migrations }: Series, begins: (migration: Migration) => void) =>
  async (paths: string[]) =>
    paths.flatMap((id) => {
      const migration = migrations.find((known) => `${known.name}.sql` === basename(id));
      if (!migration) return [];
      const up = (builder: { sql(text: string): void }) => {
        begins(migration);
        builder.sql(migration.sql);
        builder.sql(keepVersion(name, migration));
      };
      return [{ id, filePaths: [id], actions: { up, down: false as const } }];
    });

/** What is left of a series, each migration in a transaction of its own. */
async function applySeries(client: pg.Client, series: Series): Promise<string[]> {
  let underWay = series.migrations[0];
  const loader = loaderOf(series, (migration) => {
    underWay = migration;
  });
  try {
    const done = await runner({
      dbClient: client,
      dir: series.folder,
      migrationsTable: series.appliedIn,
      migrationLoaderStrategies: [{ extensions: ['.sql'], loader }],
      direction: 'up',
      count: Number.POSITIVE_INFINITY,
      singleTransaction: false,
      // Ours is waited for; the library's own gives up when another process migrates.
      noLock: true,
      // A name that the database has and the folder has not is from a newer release, rolled back.
      checkOrder: false,
      logger: quiet,
    });
    return done.map(({ name }) => name);
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    const error = cause as Error & { position?: string };
    const at = underWay ? `${underWay.name}.sql${lineOf(underWay.sql, error)}` : series.name;
    throw new MigrationError(`${at}: ${error.message}. Nothing of this migration is kept.`, {
      cause,
    });
  }
}

const isLockTimeout = ({ cause }: Error) =>
  (cause as { code?: string } | undefined)?.code === lockNotAvailable;

async function applyPatiently(
  client: pg.Client,
  series: Series,
  { until, logger }: { until: number; logger?: Logger | undefined },
): Promise<void> {
  await refuseOthers(client, series);
  for (;;) {
    try {
      for (const migration of await applySeries(client, series)) {
        logger?.info({ migration }, 'migrated');
      }
      break;
    } catch (error) {
      if (!isLockTimeout(error as Error) || Date.now() > until) throw error;
      logger?.warn(`waiting for a table in use: ${(error as Error).message}`);
      await sleep(pauseMs);
    }
  }
  // A database that was migrated before there were versions has nothing left to apply.
  const newest = series.migrations.at(-1);
  if (newest) await client.query(keepVersion(series.name, newest));
}

/**
 * Brings a database up to date with node-pg-migrate: first what all services have, then each file
 * `NNNN_name.sql` of `folder` that it has not had, in order, each in a transaction of its own with
 * the schema's version. Several processes may call it at once. Waits `waitMs` for the server, and
 * for tables in use. Throws `MigrationError`, whose sentence says what to mend.
 */
export async function migrate({
  url,
  folder,
  logger,
  waitMs = 10_000,
}: {
  url: string;
  folder?: string;
  logger?: Logger;
  waitMs?: number;
}): Promise<void> {
  const series = seriesOf(folder);
  const until = Date.now() + waitMs;
  const client = await connect(url, until, logger);
  try {
    await takeTurn(client, logger);
    await client.query(`set lock_timeout = ${tableLockMs}`);
    await schemaVersions(client).create();
    for (const one of series) await applyPatiently(client, one, { until, logger });
  } finally {
    await client.end();
  }
}

/** The same files give the same digest, so that a database made of them can be found again. */
export function migrationsDigest(folder?: string): string {
  const digest = createHash('sha256');
  for (const { migrations } of seriesOf(folder)) {
    for (const { name, sql } of migrations) digest.update(`${name}.sql\n`).update(sql);
  }
  return digest.digest('hex').slice(0, 16);
}
