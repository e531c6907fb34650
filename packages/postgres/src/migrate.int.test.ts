import { setTimeout as sleep } from 'node:timers/promises';
import { databaseTest } from '@guichet/testing/database-test';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect, onTestFinished, vi } from 'vitest';
import { migrate, migrationsDigest } from './migrate.ts';
import { migrationFolder } from './migration-folder-test.ts';
import type { Pool } from './pool.ts';
import { schemaVersions } from './schema-versions.ts';
import { inTransaction } from './transaction.ts';

const test = databaseTest();

const namesIn = async (pool: Pool) =>
  (await pool.query('select name from things order by name')).rows.map(({ name }) => name);
const versionOf = async (pool: Pool) =>
  (await schemaVersions(pool).list()).find(({ series }) => series === 'service');

/** Somebody reads a table in a transaction of theirs, for as long as `work` takes or until it says. */
async function whileInUse(pool: Pool, work: (leave: () => Promise<unknown>) => Promise<void>) {
  const reader = await pool.connect();
  try {
    await reader.query('begin; set local idle_in_transaction_session_timeout = 0');
    await reader.query('select from things');
    await work(() => reader.query('commit'));
  } finally {
    reader.release(true);
  }
}

const patience = { timeout: 30_000, interval: 10 };
const waitingFor = async (pool: Pool, table: string): Promise<number> => {
  const { rowCount } = await pool.query(
    'select from pg_locks where not granted and relation = to_regclass($1)',
    [table],
  );
  return rowCount ?? 0;
};

const things = { '0001_things.sql': 'create table things (name text);' };
const anvil = { '0002_anvil.sql': `insert into things values ('anvil');` };
const contract = { '0003_gone.sql': '-- compatible from 0002\nalter table things drop name;' };

test('each file is applied once, whoever asks at the same time', async ({ pool, databaseUrl }) => {
  const { folder } = migrationFolder({ ...things, ...anvil });

  await Promise.all(Array.from({ length: 4 }, () => migrate({ url: databaseUrl, folder })));

  expect(await namesIn(pool)).toEqual(['anvil']);
  expect(await versionOf(pool)).toEqual({ series: 'service', version: 2, compatibleFrom: 1 });
});

test('a file that fails changes nothing, is named with its line, and the next run goes on from there', async ({
  pool,
  databaseUrl,
}) => {
  const broken = { '0003_broken.sql': `insert into things values ('boot');\n\nselect oops;` };
  const { folder, write } = migrationFolder({ ...things, ...anvil, ...broken });

  await expect(migrate({ url: databaseUrl, folder })).rejects.toThrow(
    '0003_broken.sql, line 3: column "oops" does not exist. Nothing of this migration is kept.',
  );
  expect(await namesIn(pool)).toEqual(['anvil']);
  expect(await versionOf(pool)).toMatchObject({ version: 2 });

  write({ '0003_broken.sql': `insert into things values ('boot');` });
  await migrate({ url: databaseUrl, folder });
  expect(await namesIn(pool)).toEqual(['anvil', 'boot']);
  expect(await versionOf(pool)).toMatchObject({ version: 3 });
});

test('a contract migration and the word that it was taken are one transaction', async ({
  pool,
  databaseUrl,
}) => {
  const { folder, write } = migrationFolder({ ...things, ...anvil });
  await migrate({ url: databaseUrl, folder });

  write({ '0003_gone.sql': `${contract['0003_gone.sql']} select 1 / 0;` });
  await expect(migrate({ url: databaseUrl, folder })).rejects.toThrow('division by zero');
  expect(await versionOf(pool)).toMatchObject({ version: 2, compatibleFrom: 1 });

  write(contract);
  await migrate({ url: databaseUrl, folder });
  expect(await versionOf(pool)).toMatchObject({ version: 3, compatibleFrom: 2 });
});

test('the migrations of an older release take nothing back', async ({ pool, databaseUrl }) => {
  const newer = migrationFolder({ ...things, ...anvil, ...contract });
  await migrate({ url: databaseUrl, folder: newer.folder });
  const older = migrationFolder(things);

  await migrate({ url: databaseUrl, folder: older.folder });

  expect(await versionOf(pool)).toMatchObject({ version: 3, compatibleFrom: 2 });
});

test('a database from before there were versions is given its own', async ({
  pool,
  databaseUrl,
}) => {
  const { folder } = migrationFolder({ ...things, ...anvil, ...contract });
  await migrate({ url: databaseUrl, folder });
  await pool.query('drop table schema_versions');

  await migrate({ url: databaseUrl, folder });

  expect(await versionOf(pool)).toMatchObject({ version: 3, compatibleFrom: 2 });
});

test('another migration under an applied number is refused, and nothing is done', async ({
  pool,
  databaseUrl,
}) => {
  await migrate({ url: databaseUrl, folder: migrationFolder({ ...things, ...anvil }).folder });
  const other = migrationFolder({ ...things, '0002_boot.sql': 'drop table things;' });

  await expect(migrate({ url: databaseUrl, folder: other.folder })).rejects.toThrow(
    'The database has had 0002_anvil, and this release has 0002_boot in its place',
  );
  expect(await namesIn(pool)).toEqual(['anvil']);
});

test('a table in use is waited for, a moment at a time, so that nobody queues behind the wait', async ({
  pool,
  databaseUrl,
}) => {
  const { folder, write } = migrationFolder({ ...things, ...anvil });
  await migrate({ url: databaseUrl, folder });
  write(contract);

  await whileInUse(pool, async (leave) => {
    const migrating = migrate({ url: databaseUrl, folder, waitMs: 60_000 });
    await vi.waitFor(async () => expect(await waitingFor(pool, 'things')).toBe(1), patience);
    // Queued behind the migration, which has asked for the table before and goes on for a minute.
    await inTransaction(pool, async (tx) => {
      await tx.query(`set local lock_timeout = '20s'; set local statement_timeout = '20s'`);
      await tx.query('select from things');
    });
    await leave();
    await migrating;
  });

  expect(await versionOf(pool)).toMatchObject({ version: 3 });
});

test('a table that stays in use ends it after its time, with a sentence, and changes nothing', async ({
  pool,
  databaseUrl,
}) => {
  const { folder, write } = migrationFolder({ ...things, ...anvil });
  await migrate({ url: databaseUrl, folder });
  write(contract);

  await whileInUse(pool, () =>
    expect(migrate({ url: databaseUrl, folder, waitMs: 100 })).rejects.toThrow(
      /0003_gone\.sql: .*lock timeout/,
    ),
  );
  expect(await versionOf(pool)).toMatchObject({ version: 2, compatibleFrom: 1 });
});

test('a server that is not up is waited for', async ({ pool, databaseUrl }) => {
  const proxy = await startFaultProxy(databaseUrl);
  onTestFinished(proxy.close);
  await proxy.stop();
  const { folder } = migrationFolder(things);

  const migrating = migrate({ url: proxy.through(databaseUrl), folder, waitMs: 60_000 });
  await sleep(500);
  await proxy.start();
  await migrating;

  expect(await versionOf(pool)).toMatchObject({ version: 1 });
});

test('one that does not come is told of by host and port, never by its password', async () => {
  const nowhere = 'postgres://ada:hunter2@127.0.0.1:1/postgres';

  const sentence = await migrate({ url: nowhere, waitMs: 500 }).catch(({ message }) => message);

  expect(sentence).toMatch(/^Nothing is migrated\. PostgreSQL at 127\.0\.0\.1:1 cannot be used/);
  expect(sentence).not.toContain('hunter2');
});

test('the digest follows what the files say', () => {
  const { folder, write } = migrationFolder(things);
  const before = migrationsDigest(folder);
  expect(migrationsDigest(migrationFolder(things).folder)).toBe(before);

  write({ '0001_things.sql': 'create table things (name text not null);' });
  expect(migrationsDigest(folder)).not.toBe(before);
});
