import type { Pool } from '@guichet/postgres/pool';
import { test as base } from 'vitest';
import { createDatabase, type TestDatabase } from './database.ts';

/** `test` with a database of its own for each test, migrated by the files of `migrations`. */
export const databaseTest = (migrations?: string) =>
  base.extend<{ database: TestDatabase; pool: Pool; databaseUrl: string }>({
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures it needs from it
    database: async ({}, use) => {
      const database = await createDatabase(migrations ? { migrations } : {});
      await use(database);
      await database.drop();
    },
    pool: async ({ database }, use) => use(database.pool),
    databaseUrl: async ({ database }, use) => use(database.url),
  });
