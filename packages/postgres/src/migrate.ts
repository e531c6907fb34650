import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

/** What every service's database has: outbox, inbox, idempotency keys. */
const shared = join(import.meta.dirname, '../migrations');
/** Any number, the same everywhere: processes that migrate one database take turns. */
const lockId = 7_201_915;

async function connect(url: string, waitMs: number): Promise<pg.Client> {
  for (const until = Date.now() + waitMs; ; await sleep(250)) {
    const client = new pg.Client({ connectionString: url, application_name: 'migrate' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > until) throw error;
    }
  }
}

const apply = (dbClient: pg.Client, dir: string, migrationsTable: string, logger?: Logger) =>
  runner({
    dbClient,
    dir,
    migrationsTable,
    direction: 'up',
    count: Number.POSITIVE_INFINITY,
    singleTransaction: false,
    // Ours is waited for; the library's own gives up when another process migrates.
    noLock: true,
    // A name that the database has and the folder has not is from a newer release, rolled back.
    checkOrder: false,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message) => logger?.warn(message),
      error: (message) => logger?.error(message),
    },
  });

/**
 * Brings a database up to date with node-pg-migrate: first what all services have, then each file
 * `NNNN_name.sql` of `folder` that it has not had, in order, each in a transaction of its own.
 * Several processes may call it at once. Waits `waitMs` for the server.
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
  const client = await connect(url, waitMs);
  try {
    await client.query('select pg_advisory_lock($1)', [lockId]);
    const done = await apply(client, shared, 'shared_migrations', logger);
    if (folder) done.push(...(await apply(client, folder, 'migrations', logger)));
    for (const { name } of done) logger?.info({ migration: name }, 'migrated');
  } finally {
    await client.end();
  }
}

/** The same files give the same digest, so that a database made of them can be found again. */
export function migrationsDigest(folder?: string): string {
  const digest = createHash('sha256');
  for (const dir of folder ? [shared, folder] : [shared]) {
    for (const file of readdirSync(dir).sort()) {
      digest.update(`${file}\n`).update(readFileSync(join(dir, file)));
    }
  }
  return digest.digest('hex').slice(0, 16);
}
