import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../house.ts';
import type { Fault } from './fault.ts';

/** The parent of whoever serves a connection. */
async function postmasterOf({ pool }: House): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}

const restartPostgres: Fault = {
  name: 'PostgreSQL restarted, immediate',
  async happen(house) {
    const { postgres } = house.world;
    // As `pg_ctl -m immediate`: no checkpoint, no goodbye, and its log is read at the next start.
    process.kill(await postmasterOf(house), 'SIGQUIT');
    await postgres.stop();
    await postgres.start();
  },
};

const restartRabbit: Fault = {
  name: 'RabbitMQ stopped and started',
  async happen({ world: { rabbit } }) {
    await rabbit?.stop();
    await sleep(2_000);
    await rabbit?.start();
  },
};

export const serverFaults: readonly Fault[] = [restartPostgres, restartRabbit];
