import { randomUUID } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { inject } from 'vitest';

export type TestMongo = {
  readonly url: string;
  readonly database: string;
  readonly db: Db;
  drop(): Promise<void>;
};

/** A MongoDB database of the test's own. */
export async function createMongoDatabase(): Promise<TestMongo> {
  const url = inject('servers').mongo;
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const client = await MongoClient.connect(url);
  const db = client.db(database);

  return {
    url,
    database,
    db,
    async drop() {
      await db.dropDatabase();
      await client.close();
    },
  };
}
