import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseTest } from '@guichet/testing/database-test';
import { expect, onTestFinished } from 'vitest';
import { migrate, migrationsDigest } from './migrate.ts';
import type { Pool } from './pool.ts';

const test = databaseTest();

const folderOf = (files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (more: Record<string, string>) => {
    for (const [name, sql] of Object.entries(more)) writeFileSync(join(folder, name), sql);
  };
  write(files);
  return { folder, write };
};
const namesIn = async (pool: Pool) =>
  (await pool.query('select name from things order by name')).rows.map(({ name }) => name);

const things = { '0001_things.sql': 'create table things (name text);' };
const anvil = { '0002_anvil.sql': `insert into things values ('anvil');` };

test('each file is applied once, whoever asks at the same time', async ({ pool, databaseUrl }) => {
  const { folder } = folderOf({ ...things, ...anvil });

  await Promise.all(Array.from({ length: 4 }, () => migrate({ url: databaseUrl, folder })));

  expect(await namesIn(pool)).toEqual(['anvil']);
});

test('a file that fails changes nothing, and the next run goes on from there', async ({
  pool,
  databaseUrl,
}) => {
  const broken = { '0003_broken.sql': `insert into things values ('boot'); select 1 / 0;` };
  const { folder, write } = folderOf({ ...things, ...anvil, ...broken });

  await expect(migrate({ url: databaseUrl, folder })).rejects.toThrow('division by zero');
  expect(await namesIn(pool)).toEqual(['anvil']);

  write({ '0003_broken.sql': `insert into things values ('boot');` });
  await migrate({ url: databaseUrl, folder });
  expect(await namesIn(pool)).toEqual(['anvil', 'boot']);
});

test('an older release starts on a newer database', async ({ pool, databaseUrl }) => {
  const newer = folderOf({ ...things, ...anvil });
  await migrate({ url: databaseUrl, folder: newer.folder });
  const older = folderOf(things);

  await migrate({ url: databaseUrl, folder: older.folder });

  expect(await namesIn(pool)).toEqual(['anvil']);
});

test('a server that is not there is waited for, then told of', async () => {
  const nowhere = 'postgres://postgres@127.0.0.1:1/postgres';

  await expect(migrate({ url: nowhere, waitMs: 500 })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('the digest follows what the files say', () => {
  const { folder, write } = folderOf(things);
  const before = migrationsDigest(folder);
  expect(migrationsDigest(folderOf(things).folder)).toBe(before);

  write({ '0001_things.sql': 'create table things (name text not null);' });
  expect(migrationsDigest(folder)).not.toBe(before);
});
