import type { Logger } from '@guichet/telemetry/logger';
import { unreachable } from '@guichet/telemetry/unreachable';
import { type Db, MongoClient } from 'mongodb';
import { ensureIndexes, type Indexes } from './ensure-indexes.ts';

export type Mongo = { db: Db; ping(): Promise<void>; close(): Promise<void> };

/**
 * Opens one client for the process, waits until the server answers, and makes the indexes that are
 * missing. Rejects with a sentence where it cannot be reached; it may be called again.
 *
 * `w: majority` is what makes an acknowledged write survive a failover; on a standalone it is the
 * one server. No session is ever opened and `serverApi` is not set, so that the same code runs on
 * a replica set, a standalone, DocumentDB-like services and the stand-in for one machine.
 */
export async function connectMongo({
  url,
  database,
  applicationName,
  indexes,
  logger,
}: {
  url: string;
  database: string;
  applicationName: string;
  indexes: Indexes;
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
  const db = client.db(database);
  try {
    await client.connect();
    await ensureIndexes(db, indexes);
  } catch (cause) {
    await client.close();
    throw unreachable({ server: 'MongoDB', url, setting: 'MONGO_URL', cause });
  }
  // Only now: whoever waits for the server has said so.
  client.on('serverHeartbeatFailed', ({ failure }) =>
    logger?.warn({ err: failure }, 'MongoDB does not answer its heartbeat'),
  );
  return {
    db,
    ping: async () => void (await db.command({ ping: 1 })),
    close: () => client.close(),
  };
}
