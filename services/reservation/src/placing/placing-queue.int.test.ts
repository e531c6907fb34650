import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import { expect, onTestFailed, vi } from 'vitest';
import { type Reservation, test } from '../reservation-server-test.ts';
import { placed, quoteFor, seedSlot, wrongCounters } from '../reservation-test.ts';
import type { Slot } from '../slots/slot.ts';

const patiently = { timeout: 20_000, interval: 20 };

const forged = (quote: string) => `${quote.slice(0, -20)}${'A'.repeat(20)}`;

/** How many were refused for what reason. */
async function refusals({ metrics }: Reservation): Promise<Record<string, number>> {
  const counted = await metrics.registry.getSingleMetric('guichet_placing_refused_total')?.get();
  const values = counted?.values.map(({ labels, value }) => [labels.reason, value] as const);
  return Object.fromEntries(values ?? []);
}

const book = (reservation: Reservation, quote: string, headers: Record<string, string> = {}) =>
  fetch(`${reservation.url}/api/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
    body: JSON.stringify({ quote }),
  });

/** Two bookings whose statements wait for a lock on their slot: no further one can be sent. */
async function holdUp(reservation: Reservation, pool: Pool, slot: Slot) {
  const quote = await reservation.quote(quoteFor(slot));
  const holder = await pool.connect();
  let isHeld = true;
  const letGo = async () => {
    if (isHeld) await holder.query('rollback').finally(() => holder.release());
    isHeld = false;
  };
  onTestFailed(letGo);
  await holder.query('begin');
  await holder.query('select from slots where id = $1 for update', [slot.id]);
  const held: Promise<Response>[] = [];
  for (const count of [1, 2]) {
    held.push(book(reservation, quote));
    await vi.waitFor(async () => {
      const { rows } = await pool.query(
        `select count(*)::integer as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toEqual([{ waiting: count }]);
    }, patiently);
  }
  return { quote, held, letGo };
}

test('a queue older than the budget refuses at once whoever comes, until it is young again', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 30 });
  reservation.live.queueBudgetMs = 50;
  const { quote, held, letGo } = await holdUp(reservation, pool, slot);
  // Fewer would be no crowd.
  const crowd = Array.from({ length: 16 }, () => book(reservation, quote));
  const ageMs = async () => {
    const look = await fetch(`${reservation.url}/api/availability?offeringId=${slot.offeringId}`);
    return Number(look.headers.get('x-queue-age-ms'));
  };
  await vi.waitFor(async () => expect(await ageMs()).toBeGreaterThan(50), patiently);

  // Its signature is not even looked at.
  const refused = await book(reservation, forged(quote));
  await letGo();

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'busy' });
  expect(await refusals(reservation)).toEqual({ queue_age: 1 });
  const statuses = (await Promise.all([...held, ...crowd])).map(({ status }) => status);
  expect(statuses).toEqual(Array(18).fill(201));
  await vi.waitFor(async () => {
    expect((await book(reservation, quote)).status).toBe(201);
  }, patiently);
});

test('a booking that nobody waits for any more is not placed', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 10 });
  reservation.live.queueBudgetMs = 20_000;
  const { quote, held, letGo } = await holdUp(reservation, pool, slot);
  const deadline = Date.now() + 1_000;

  const late = book(reservation, quote, { 'x-request-deadline': String(deadline) });
  while (Date.now() <= deadline) await sleep(50);
  await letGo();

  const refused = await late;
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'busy' });
  expect(await refusals(reservation)).toEqual({ deadline: 1 });
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([201, 201]);
  const { rows } = await pool.query('select taken from slots where id = $1', [slot.id]);
  expect(rows).toEqual([{ taken: 2 }]);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('an idle queue has no age, and every answer says so', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));

  const answers = await Promise.all([
    book(reservation, await reservation.quote(quoteFor(slot))),
    book(reservation, forged(await reservation.quote(quoteFor(slot)))),
    fetch(`${reservation.url}/api/bookings/${id}`),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([201, 422, 401]);
  for (const { headers } of answers) expect(headers.get('x-queue-age-ms')).toBe('0');
});
