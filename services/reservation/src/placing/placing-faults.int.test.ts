import { newId } from '@guichet/contracts/ids';
import { createPool } from '@guichet/postgres/pool';
import { createMetrics } from '@guichet/telemetry/metrics';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect } from 'vitest';
import {
  facts,
  GRACE_MS,
  manageTokens,
  noTelling,
  place,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { placeBooking } from './place-booking.ts';
import { createPlacingQueue } from './placing-queue.ts';

test('a connection that is cut before the answer costs no booking and makes none twice', async ({
  pool,
  databaseUrl,
}) => {
  const slot = await seedSlot(pool, { capacity: 100 });
  const proxy = await startFaultProxy(databaseUrl);
  const cutPool = createPool({ url: proxy.through(databaseUrl), applicationName: 'test', max: 4 });
  const metrics = createMetrics({ service: 'test' });
  const live = () => ({ holdMs: 600_000, queueBudgetMs: 20_000 });
  const buy = placeBooking({
    pool: cutPool,
    queue: createPlacingQueue({ pool: cutPool, graceMs: GRACE_MS, live, metrics }),
    verifyQuote: async () => quoteFor(slot),
    manageTokens,
    live,
    graceMs: GRACE_MS,
    told: noTelling,
    metrics,
  });
  // Some answers are lost after the server has done its work: it got the question, we hear nothing.
  proxy.add({ type: 'limit_data', bytes: 2_500 });

  const claims = Array.from({ length: 90 }, () => ({ scope: 't', key: newId(), bodyHash: 'h' }));
  const attempt = (claim: (typeof claims)[0]) =>
    buy({ claim, quote: '', customerId: null, contact: null }).catch((error) => error.code);
  // They come in waves, each of which is a batch or two.
  const answers: Awaited<ReturnType<typeof attempt>>[] = [];
  while (answers.length < claims.length) {
    const wave = claims.slice(answers.length, answers.length + 6);
    answers.push(...(await Promise.all(wave.map(attempt))));
  }
  proxy.clear();
  const outcomes = await metrics.registry.getSingleMetricAsString('guichet_placing_outcomes_total');
  expect(outcomes, 'some answers were lost').toMatch(/outcome="lost"/);
  expect(outcomes, 'some were found again').toMatch(/outcome="replay"/);
  for (const [at, claim] of claims.entries()) {
    const again = await buy({ claim, quote: '', customerId: null, contact: null });
    const answer = answers[at];
    if (typeof answer === 'string') expect(answer).toBe('busy');
    else expect(again.booking).toEqual(answer.booking);
  }

  expect((await facts(pool)).filter(({ type }) => type === 'booking.placed')).toHaveLength(90);
  const { rows } = await pool.query('select taken from slots');
  expect(rows).toEqual([{ taken: 90 }]);
  expect(await wrongCounters(pool)).toEqual([]);
  await cutPool.end();
  await proxy.close();
});

test('a lock that is not to be had in time is named: the key’s or the slot’s', async ({ pool }) => {
  const slot = await seedSlot(pool);
  const key = newId();
  const [holder, waiter] = [await pool.connect(), await pool.connect()];
  await waiter.query(`set lock_timeout = '100ms'`);

  await holder.query('begin');
  await place(holder, quoteFor(slot), { key });
  expect(await place(waiter, quoteFor(slot), { key })).toEqual({ outcome: 'in_flight' });
  expect(await place(waiter, quoteFor(slot))).toEqual({ outcome: 'busy' });
  await holder.query('rollback');
  expect(await place(waiter, quoteFor(slot), { key })).toMatchObject({ outcome: 'placed' });

  holder.release();
  waiter.release(true);
});
