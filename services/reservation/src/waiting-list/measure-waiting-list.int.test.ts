import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { place, quoteFor, seedSlot } from '../reservation-test.ts';
import { waitingListStore } from './waiting-list-store.ts';
import { joining } from './waiting-list-test.ts';

test('how many wait and what is kept for them is said, of slots that are to come', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  await place(pool, quoteFor(slot));
  const join = await joining(reservation, slot);
  await join('ada');
  await join('ben');
  await pool.query('update slots set kept = 1');
  const said = async () =>
    Object.fromEntries(
      [
        ...(await reservation.metrics.registry.metrics()).matchAll(
          /^guichet_waiting_list_(\w+)\{.*\} (\d+)$/gm,
        ),
      ].map(([, name, value]) => [name, Number(value)]),
    );

  expect(await said()).toMatchObject({ entries: 2, kept_places: 1, outcomes_total: 2 });
  await pool.query(`update slots set starts_at = now() - interval '1 minute'`);
  expect(await said()).toMatchObject({ kept_places: 0 });
});

test('who waited for a slot that is over is forgotten', async ({ pool, reservation }) => {
  const over = await seedSlot(pool, { capacity: 1 });
  const cancelled = await seedSlot(pool, { capacity: 1 });
  const toCome = await seedSlot(pool, { capacity: 1 });
  for (const slot of [over, cancelled, toCome]) {
    await place(pool, quoteFor(slot));
    await (await joining(reservation, slot))('ada');
  }
  await pool.query(`update slots set starts_at = now() where id = $1`, [over.id]);
  await pool.query(`update slots set status = 'cancelled' where id = $1`, [cancelled.id]);

  expect(await waitingListStore(pool).forgetOver(100)).toBe(2);
  const { rows } = await pool.query('select slot_id from waiting_list');
  expect(rows).toEqual([{ slot_id: toCome.id }]);
});
