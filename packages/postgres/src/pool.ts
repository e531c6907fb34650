import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import pg from 'pg';
import { measurePool } from './measure-pool.ts';

export type Pool = pg.Pool;
/** A pool, or a client in a transaction: whoever takes a statement. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

// bigint as a number: our counters and positions stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * A pool of connections with every timeout set (RELIABILITY: a wait without an end is an outage).
 *
 * `max` times the number of replicas must stay below the server's `max_connections`. An idle
 * connection that breaks is logged and replaced.
 */
export function createPool({
  url,
  applicationName,
  max = 10,
  logger,
  metrics,
}: {
  url: string;
  applicationName: string;
  max?: number;
  logger?: Logger;
  metrics?: Metrics;
}): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 10_000,
    // Longer than the server's own limit: it only ends waits for a server that has gone silent.
    query_timeout: 15_000,
    maxLifetimeSeconds: 600,
    keepAlive: true,
  });
  // Without a listener the error of an idle connection would end the process.
  pool.on('error', (err) => logger?.warn({ err }, 'an idle database connection broke'));
  // So would that of one in use. Whoever uses it is told by the statement under way, or the next.
  pool.on('connect', (client) => client.on('error', () => {}));
  if (metrics) measurePool(pool, metrics);
  return pool;
}

/** Rejects while the database cannot be used. */
export const ping = async (db: Queryable): Promise<void> => {
  await db.query('select 1');
};
