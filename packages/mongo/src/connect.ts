import type { Logger } from '@guichet/telemetry/logger';
import { type Db, MongoClient } from 'mongodb';

export type Mongo = { db: Db; ping(): Promise<void>; close(): Promise<void> };

/**
 * Opens one client for the process and waits until the server answers.
 *
 * `w: majority` is what makes an acknowledged write survive a failover; on a standalone it is the
 * one server. No session is ever opened and `serverApi` is not set, so that the same code runs on
 * a replica set, a standalone, DocumentDB-like services and the stand-in for one machine.
 */
export async function connectMongo({
  url,
  database,
  applicationName,
  logger,
}: {
  url: string;
  database: string;
  applicationName: string;
  logger?: Logger;
}): Promise<Mongo> {
  const client = new MongoClient(url, {
    appName: applicationName,
    // A request waits at most this long for a server; longer than an election, shorter than a deadline.
    serverSelectionTimeoutMS: 8_000,
    connectTimeoutMS: 5_000,
    // No statement of ours is slower; a half-open connection is noticed by this and nothing else.
    socketTimeoutMS: 30_000,
    maxPoolSize: 20,
    // A pool that is full answers an error rather than a queue without end.
    waitQueueTimeoutMS: 5_000,
    writeConcern: { w: 'majority' },
    ignoreUndefined: true,
  });
  client.on('serverHeartbeatFailed', ({ failure }) =>
    logger?.warn({ err: failure }, 'MongoDB does not answer its heartbeat'),
  );
  await client.connect().catch(async (cause: unknown) => {
    await client.close();
    throw new Error('MongoDB cannot be reached', { cause });
  });
  const db = client.db(database);
  return {
    db,
    ping: async () => void (await db.command({ ping: 1 })),
    close: () => client.close(),
  };
}
