import { randomUUID } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { inject } from 'vitest';

export type TestMongo = {
  readonly url: string;
  readonly database: string;
  readonly db: Db;
  drop(): Promise<void>;
};

/** The server of this worker of vitest, which counts them from 1. */
function ownServer(): string {
  const { mongos } = inject('servers');
  const url = mongos[Number(process.env.VITEST_POOL_ID) - 1];
  if (!url) throw new Error(`There is no MongoDB for worker ${process.env.VITEST_POOL_ID}.`);
  return url;
}

/** A MongoDB database of the test's own. */
export async function createMongoDatabase(): Promise<TestMongo> {
  const url = ownServer();
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
