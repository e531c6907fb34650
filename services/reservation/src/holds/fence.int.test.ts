import { inTransaction } from '@guichet/postgres/transaction';
import { expect } from 'vitest';
import {
  facts,
  GRACE_MS,
  lapse,
  place,
  placed,
  quoteFor,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { actions, begunAndLapsed, owner } from './fence-test.ts';
import { holdStore } from './hold-store.ts';

test('a sweep frees what ran out unpaid, whatever the slot, and nothing else', async ({ pool }) => {
  const { sweep } = actions(pool, async () => 'closed');
  const slots = [await seedSlot(pool), await seedSlot(pool)];
  const gone = [];
  for (const slot of slots) gone.push(await placed(pool, quoteFor(slot)));
  const kept = await placed(pool, quoteFor(slots[0] ?? (await seedSlot(pool))));
  for (const id of gone) await lapse(pool, id);

  expect(await sweep()).toEqual({ freed: 2, fenced: 0, ended: 0 });

  for (const id of gone) expect(await statusOf(pool, id)).toBe('EXPIRED');
  expect(await statusOf(pool, kept)).toBe('PENDING');
  expect(await wrongCounters(pool)).toEqual([]);
});

test('two replicas that sweep at once free each hold once', async ({ pool }) => {
  const { sweep } = actions(pool, async () => 'closed');
  const slot = await seedSlot(pool, { capacity: 50 });
  for (let n = 0; n < 50; n += 1) await lapse(pool, await placed(pool, quoteFor(slot)));

  const swept = await Promise.all([sweep(), sweep(), sweep()]);

  expect(swept.reduce((sum, { freed }) => sum + freed, 0)).toBe(50);
  expect((await facts(pool)).filter(({ type }) => type === 'booking.expired')).toHaveLength(50);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('replicas that free holds of the same slots at once do not wait in a circle', async ({
  pool,
}) => {
  const slots = await Promise.all([1, 2, 3, 4].map(() => seedSlot(pool, { capacity: 30 })));
  for (const slot of slots) {
    await Promise.all(Array.from({ length: 30 }, () => placed(pool, quoteFor(slot))));
  }
  // In an order that mixes the slots, so that every batch has holds of several.
  await pool.query(
    `update bookings set hold_expires_at = now() - interval '1 hour' - random() * interval '1 hour'`,
  );
  const store = holdStore(pool, GRACE_MS);
  const replica = async () => {
    let freed = 0;
    for (let batch = 1; batch > 0; freed += batch) batch = await store.freeLapsed(5);
    return freed;
  };

  const freed = await Promise.all(Array.from({ length: 6 }, replica));

  expect(freed.reduce((sum, holds) => sum + holds, 0)).toBe(120);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('places whose payment began are free only when payment has closed', async ({ pool }) => {
  const asked: unknown[] = [];
  const id = await begunAndLapsed(pool);
  const { sweep } = actions(pool, async (...question) => {
    // While payment is asked the places are taken, and no transaction holds the booking.
    expect(await statusOf(pool, id)).toBe('PENDING');
    await pool.query('select from bookings where id = $1 for update nowait', [id]);
    asked.push(question);
    return 'closed';
  });

  expect(await sweep()).toEqual({ freed: 0, fenced: 1, ended: 1 });

  expect(asked).toEqual([[id, 'expired']]);
  expect(await statusOf(pool, id)).toBe('EXPIRED');
  expect((await facts(pool, id)).map(({ type }) => type)).toEqual([
    'booking.placed',
    'booking.expiring',
    'booking.expired',
  ]);
  expect(await wrongCounters(pool)).toEqual([]);
});

test.for(['paid', 'processing', 'unavailable'] as const)(
  'when payment answers %s the places stay, and it is asked again later',
  async (answer, { pool }) => {
    let calls = 0;
    const { sweep } = actions(pool, async () => {
      calls += 1;
      if (answer === 'unavailable') throw new Error('no answer');
      return answer;
    });
    const id = await begunAndLapsed(pool);
    const { rows: before } = await pool.query('select now() as at');

    await sweep();

    expect(await statusOf(pool, id)).toBe('PENDING');
    expect(await wrongCounters(pool)).toEqual([]);
    const { rows } = await pool.query(
      `select fence_due_at > $1::timestamptz + interval '0.7 seconds' as later from bookings`,
      [before[0].at],
    );
    expect(rows).toEqual([{ later: true }]);
    // Much later, since the next sweep may be slow in coming.
    await pool.query(`update bookings set fence_due_at = fence_due_at + interval '1 hour'`);
    await sweep();
    expect(calls).toBe(1);

    await holdStore(pool, GRACE_MS).hastenFence(id);
    await sweep();
    expect(calls).toBe(2);
  },
);

test('back-off doubles up to a minute', async ({ pool }) => {
  const store = holdStore(pool, GRACE_MS);
  const id = await begunAndLapsed(pool);
  await store.fenceLapsed(10);

  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    // In one transaction, `now()` is one moment.
    const wait = await inTransaction(pool, async (tx) => {
      const claimed = await holdStore(tx, GRACE_MS).claimDueFences(10);
      expect(claimed).toEqual([{ id, becoming: 'EXPIRED' }]);
      const { rows } = await tx.query(
        'select extract(epoch from fence_due_at - now())::float8 as wait from bookings',
      );
      return rows[0].wait;
    });
    waits.push(wait);
    await store.hastenFence(id);
  }

  expect(waits[0]).toBeLessThan(2);
  expect(waits[3]).toBeGreaterThan(4);
  expect(Math.max(...waits)).toBeLessThan(76);
  expect(waits.at(-1)).toBeGreaterThan(40);
});

test('a hold that runs out as its payment begins is either paid for or sold on', async ({
  pool,
}) => {
  for (let round = 0; round < 25; round += 1) {
    const slot = await seedSlot(pool, { capacity: 1 });
    const id = await placed(pool, quoteFor(slot));
    const { begin, sweep } = actions(pool, async () => 'processing');
    // It runs out, grace and all, some milliseconds from now.
    await pool.query(
      `update bookings set hold_expires_at = now() - $2 * interval '1 millisecond'
         + $3 * interval '1 millisecond' where id = $1`,
      [id, GRACE_MS, round % 10],
    );

    const [begun] = await Promise.all([
      begin(id, owner(id)).then(
        () => true,
        () => false,
      ),
      sweep(),
      place(pool, quoteFor(slot)),
    ]);
    await sweep();

    const status = await statusOf(pool, id);
    expect(status === 'PENDING', `begun: ${begun}`).toBe(begun);
    expect(await wrongCounters(pool)).toEqual([]);
  }
});
