import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Pool } from './pool.ts';
import { codeOf, isConnectionLost } from './unavailable.ts';

/** A client inside a transaction. */
export type Tx = pg.PoolClient;

/** 40001 serialization failure, 40P01 deadlock: the whole transaction may be done again. */
const canBeRepeated = (error: unknown) => ['40001', '40P01'].includes(codeOf(error) ?? '');

async function once<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A refusal of the business has a code too, and is no reason to lose a connection.
    if (isConnectionLost(error)) broken = error;
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs `work` in one transaction, again from the start (up to five times, with growing pauses) when
 * the database could not order it among others. Whatever `work` throws rolls back and is thrown.
 *
 * When the connection is lost during `commit`, nobody knows whether it happened: the error is
 * thrown, and the caller looks up what it wanted to write before it answers.
 */
export async function inTransaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt === 5 || !canBeRepeated(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}
