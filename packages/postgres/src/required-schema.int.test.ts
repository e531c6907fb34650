import { join } from 'node:path';
import { CannotStart } from '@guichet/http/waiting';
import { databaseTest } from '@guichet/testing/database-test';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { askManagement, startServiceProcess } from '@guichet/testing/service-process';
import { describe, expect, onTestFinished, test as plainTest } from 'vitest';
import { migrate } from './migrate.ts';
import { migrationFolder } from './migration-folder-test.ts';
import { holdAgainst } from './required-schema.ts';

const test = databaseTest();

const expand = {
  '0001_things.sql': 'create table things (name text);',
  '0002_labels.sql': 'alter table things add label text;',
};
const newer = { ...expand, '0003_sizes.sql': 'alter table things add size integer;' };
const contracted = {
  ...expand,
  '0003_gone.sql': '-- compatible from 0002\nalter table things drop name;',
};

/** A release of a service, by its migrations, started on a database. */
const startRelease = (files: Record<string, string>, databaseUrl: string) =>
  startServiceProcess(join(import.meta.dirname, 'schema-child.ts'), {
    DATABASE_URL: databaseUrl,
    MIGRATIONS: migrationFolder(files).folder,
  });
const migrateTo = (files: Record<string, string>, url: string) =>
  migrate({ url, folder: migrationFolder(files).folder });

describe('a service', () => {
  test('waits for its migrations and says so, and starts when they were run', async ({
    databaseUrl,
  }) => {
    const { lineWith, log } = startRelease(newer, databaseUrl);
    const { managementPort } = await lineWith('is starting');
    await lineWith('needs the schema 0003_sizes');

    expect(await askManagement(managementPort, '/health/live')).toEqual([200, { status: 'live' }]);
    expect(await askManagement(managementPort, '/health/ready')).toEqual([
      503,
      {
        status: 'starting',
        failing: { schema: expect.stringMatching(/has none yet\. Run this release’s migrations/) },
      },
    ]);

    await migrateTo(expand, databaseUrl);
    await lineWith('is at 0002');
    await migrateTo(newer, databaseUrl);
    await lineWith('is listening');
    expect(await askManagement(managementPort, '/health/ready')).toEqual([
      200,
      { status: 'ready' },
    ]);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });

  test('of an older release starts on an expanded schema, so that a rollback works', async ({
    databaseUrl,
  }) => {
    await migrateTo(newer, databaseUrl);

    await expect(startRelease(expand, databaseUrl).lineWith('is listening')).resolves.toBeDefined();
  });

  test('of an older release refuses a schema contracted past it, and says which release can run', async ({
    databaseUrl,
  }) => {
    await migrateTo(contracted, databaseUrl);
    const older = startRelease({ '0001_things.sql': expand['0001_things.sql'] }, databaseUrl);

    expect(await older.exited).toEqual([1, null]);
    expect(older.fatal()).toMatchObject({
      msg: expect.stringMatching(
        /knows the schema up to 0001_things, and the database at .* is at 0003, .* know 0002 or later/,
      ),
    });
    await expect(startRelease(expand, databaseUrl).lineWith('is listening')).resolves.toBeDefined();
  });

  test('waits for a database that is down, naming its host and never its password', async ({
    databaseUrl,
  }) => {
    await migrateTo(expand, databaseUrl);
    const proxy = await startFaultProxy(databaseUrl);
    onTestFinished(proxy.close);
    await proxy.stop();
    const { lineWith, log } = startRelease(expand, proxy.through(databaseUrl));

    const { msg } = await lineWith('waiting for schema');
    expect(msg).toContain(`PostgreSQL at 127.0.0.1:${proxy.port} cannot be used`);
    await proxy.start();
    await lineWith('is listening');
    expect(JSON.stringify(log)).not.toContain(`:${new URL(databaseUrl).password}@`);
  });

  test('with a declaration that is none refuses to start, and says where', async ({
    databaseUrl,
  }) => {
    const { exited, fatal } = startRelease(
      { '0001_things.sql': '-- compatible from ever\nselect 1;' },
      databaseUrl,
    );

    expect(await exited).toEqual([1, null]);
    expect(fatal()).toMatchObject({
      msg: expect.stringMatching(/^0001_things\.sql: .* must read "-- compatible from NNNN"/),
    });
  });

  test('that waits ends at once with 0 on SIGTERM', async ({ databaseUrl }) => {
    const { child, lineWith, exited } = startRelease(expand, databaseUrl);
    await lineWith('waiting for schema');

    child.kill('SIGTERM');

    expect(await exited).toEqual([0, null]);
  });
});

describe('a release that knows two migrations of a series', () => {
  const migrations = [
    { name: '0001_messages', version: 1, sql: '', compatibleFrom: 1 },
    { name: '0002_inbox', version: 2, sql: '', compatibleFrom: 1 },
  ];
  const held = (series: 'service' | 'shared', version?: number, compatibleFrom = 1) => {
    const found = version === undefined ? undefined : { version, compatibleFrom };
    try {
      holdAgainst({ name: series, migrations }, found, 'db:5432');
      return 'works';
    } catch (error) {
      return error instanceof CannotStart ? 'never works' : 'waits';
    }
  };

  plainTest.each([
    [undefined, undefined, 'waits'],
    [1, 1, 'waits'],
    [2, 1, 'works'],
    [2, 2, 'works'],
    [3, 1, 'works'],
    [3, 2, 'works'],
    [3, 3, 'never works'],
    [9, 3, 'never works'],
  ])('finds it at %s, compatible from %s: %s', (version, compatibleFrom, what) => {
    expect(held('service', version, compatibleFrom)).toBe(what);
    expect(held('shared', version, compatibleFrom)).toBe(what);
  });
});

plainTest('a release of a package that gained a migration waits for that one too', async () => {
  const shared = [1, 2].map((version) => ({
    name: `000${version}_shared`,
    version,
    sql: '',
    compatibleFrom: 1,
  }));
  expect(() =>
    holdAgainst({ name: 'shared', migrations: shared }, { version: 1, compatibleFrom: 1 }, 'db'),
  ).toThrow('needs the schema for messages and keys 0002_shared, and db is at 0001');
});
