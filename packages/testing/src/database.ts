import { randomUUID } from 'node:crypto';
import { migrate, migrationsDigest } from '@guichet/postgres/migrate';
import { createPool, type Pool } from '@guichet/postgres/pool';
import pg from 'pg';
import { inject } from 'vitest';

export type TestDatabase = { readonly url: string; readonly pool: Pool; drop(): Promise<void> };

const urlOf = (database: string) => {
  const url = new URL(inject('servers').postgres);
  url.pathname = `/${database}`;
  return url.href;
};

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('servers').postgres });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Migrated once per run and content: a clone of a template takes a tenth of migrating. */
async function template(migrations: string | undefined): Promise<string> {
  const name = `template_${migrationsDigest(migrations)}`;
  await asAdmin(async (client) => {
    // Files of tests run side by side: the first makes the template, the others wait for it.
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount) return;
    await client.query(`create database ${name}_making`);
    await migrate({ url: urlOf(`${name}_making`), ...(migrations ? { folder: migrations } : {}) });
    await client.query(`alter database ${name}_making rename to ${name}`);
  });
  return name;
}

/** A database of the test's own, migrated by the files of the folder `migrations`. */
export async function createDatabase({
  migrations,
}: {
  migrations?: string;
} = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const from = await template(migrations);
  await asAdmin(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [from]);
    await client.query(`create database ${name} template ${from}`);
  });
  const url = urlOf(name);
  const pool = createPool({ url, applicationName: 'test', max: 20 });

  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
