import { setTimeout as sleep } from 'node:timers/promises';
import { type MessageType, messageSchemas } from '@guichet/contracts/messages';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { expect } from 'vitest';
import { runDueFences } from '../holds/run-due-fences.ts';
import { runFence } from '../holds/run-fence.ts';
import { sweepHolds } from '../holds/sweep-holds.ts';
import {
  facts,
  GRACE_MS,
  lapse,
  manageTokens,
  noTelling,
  place,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { beginPayment } from './begin-payment.ts';
import { cancelBooking } from './cancel-booking.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const owner = (id: string) => ({ manageToken: manageTokens.make(id) });

/** Business answers are expected here; a deadlock or a broken constraint is not. */
const orRefusal = (work: Promise<unknown>) =>
  work.catch((error: Error) => {
    if (error.name !== 'Refusal') throw error;
  });

/** Sessions report their statistics at most once a second. */
const deadlocks = async (pool: Pool): Promise<number> => {
  await sleep(1_500);
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return rows[0].deadlocks;
};

test('takes, expiries, payments and cancellations of three slots never deadlock or miscount', async ({
  pool,
}) => {
  const common = { pool, manageTokens, graceMs: GRACE_MS, told: noTelling };
  const fence = runFence({ ...common, closePayment: async () => 'closed', logger });
  const sweep = sweepHolds(common);
  const fences = runDueFences({ ...common, runFence: fence });
  const cancel = cancelBooking({ ...common, runFence: fence });
  const begin = beginPayment({ ...common, paymentGrantMs: 300_000, longestHoldMs: 2_700_000 });
  const slots = await Promise.all([8, 5, 3].map((capacity) => seedSlot(pool, { capacity })));

  async function customer(seed: number): Promise<number> {
    let places = 0;
    for (let round = 0; round < 25; round += 1) {
      const slot = slots[(seed + round) % slots.length] ?? (await seedSlot(pool));
      const placement = await place(pool, quoteFor(slot, 1 + ((seed * 7 + round) % 3)));
      if (placement.outcome !== 'placed') continue;
      places += 1;
      const id = placement.bookingId;
      const fate = (seed + round) % 4;
      if (fate === 0) await orRefusal(cancel(id, owner(id)));
      if (fate === 1) await lapse(pool, id);
      if (fate === 1 && seed % 2) await orRefusal(cancel(id, owner(id)));
      if (fate >= 2) await orRefusal(begin(id, owner(id)));
      if (fate === 2) await lapse(pool, id);
      if (fate === 3) await orRefusal(cancel(id, owner(id)));
    }
    return places;
  }
  let isOver = false;
  const sweeper = async () => {
    while (!isOver) await Promise.all([sweep(), fences()]);
  };

  const sweeping = [sweeper(), sweeper()];
  const bought = await Promise.all(Array.from({ length: 12 }, (_, seed) => customer(seed)));
  isOver = true;
  await Promise.all(sweeping);

  expect(bought.reduce((sum, places) => sum + places, 0)).toBeGreaterThan(50);
  expect(await wrongCounters(pool)).toEqual([]);
  expect(await deadlocks(pool)).toBe(0);
  for (const { type, data } of await facts(pool)) {
    const schema = messageSchemas[type as MessageType];
    expect(() => schema.parse(data), type).not.toThrow();
  }
});
