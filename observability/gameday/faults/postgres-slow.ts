import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Fault } from '../fault.ts';

const heldMs = 400;
const freeMs = 30;

/** Holds all slots, lets them go for a moment, and again, until it is told to end. */
async function hold(client: pg.Client, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await client.query('begin');
    await client.query('lock table slots in share row exclusive mode');
    await sleep(heldMs);
    await client.query('commit');
    await sleep(freeMs);
  }
}

/** By a lock and not by a setting: it goes with its session, whatever becomes of this program. */
export const postgresSlow: Fault = {
  name: 'postgres-slow',
  does: 'PostgreSQL makes everybody wait who takes places, for four tenths of a second',
  alert: 'GuichetPlacingSlow',
  where: ['machine', 'cluster'],
  load: { of: 'bookings', everyMs: 250 },
  async inject(ground, undo) {
    const connectionString = await ground.databaseUrl('reservation');
    const client = new pg.Client({ connectionString, application_name: 'gameday' });
    const over = new AbortController();
    let holding: Promise<void> | undefined;
    undo(async () => {
      over.abort();
      await holding?.catch(() => {});
      await client.end();
    });
    client.on('error', () => over.abort());
    await client.connect();
    holding = hold(client, over.signal);
    holding.catch(() => {});
  },
};
