import { expect } from 'vitest';
import { waitingListStore } from './waiting-list-store.ts';
import { counters, test } from './waiting-list-test.ts';

test('how many wait and what is kept for them is said, of slots that are to come', async ({
  pool,
  reservation,
  soldOut,
}) => {
  await soldOut({ waiting: ['ada', 'ben'] });
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

test('who waited for a slot that is over is forgotten', async ({ pool, soldOut }) => {
  const { slot: over } = await soldOut({ waiting: ['ada'] });
  const { slot: cancelled } = await soldOut({ waiting: ['ada'] });
  const { slot: toCome } = await soldOut({ waiting: ['ada'] });
  await pool.query(`update slots set starts_at = now() where id = $1`, [over.id]);
  await pool.query(`update slots set status = 'cancelled' where id = $1`, [cancelled.id]);

  expect(await waitingListStore(pool).forgetOver(100)).toBe(2);
  const { rows } = await pool.query('select slot_id from waiting_list');
  expect(rows).toEqual([{ slot_id: toCome.id }]);
  expect((await counters(pool, over)).waiting).toBe(0);
  expect((await counters(pool, toCome)).waiting).toBe(1);
});
