import { join } from 'node:path';
import { databaseTest } from '@guichet/testing/database-test';

/** `test` with identity's database, one for each test. */
export const test = databaseTest(join(import.meta.dirname, '../migrations'));
