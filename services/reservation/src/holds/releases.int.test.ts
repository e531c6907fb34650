import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { expect } from 'vitest';
import {
  facts,
  GRACE_MS,
  noTelling,
  placeAll,
  placingOf,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { holdStore } from './hold-store.ts';
import { runDueFences } from './run-due-fences.ts';
import { type ClosePayment, runFence } from './run-fence.ts';
import { sweepHolds } from './sweep-holds.ts';

const common = { graceMs: GRACE_MS, told: noTelling };
const logger = createLogger({ service: 'test', level: 'silent' });

/** So many bookings spread over so many slots, whose holds have run out; their payments have begun, or not. */
async function lapsedHolds(pool: Pool, count: number, { slots = 5, begun = false } = {}) {
  const seeded = await Promise.all(
    Array.from({ length: slots }, () => seedSlot(pool, { capacity: count })),
  );
  const quotes = Array.from({ length: count }, (_, nth) =>
    quoteFor(seeded[nth % slots] as (typeof seeded)[number]),
  );
  const placements = await placeAll(
    pool,
    quotes.map((quote) => placingOf(quote)),
  );
  expect(placements.every(({ outcome }) => outcome === 'placed')).toBe(true);
  await pool.query(
    `update bookings
        set hold_expires_at = now() - interval '1 hour',
            payment_began_at = case when $1 then now() end`,
    [begun],
  );
  return quotes;
}

/** In how many transactions the bookings became what they are: each leaves its number on a row. */
const commits = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query(
    'select count(distinct xmin::text)::integer as commits from bookings',
  );
  return rows[0].commits;
};
const ended = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query(
    `select count(*)::integer as ended from bookings where status in ('EXPIRED', 'CANCELLED')`,
  );
  return rows[0].ended;
};

test('two hundred holds that ran out are freed by one commit, and more by one for each two hundred', async ({
  pool,
}) => {
  await lapsedHolds(pool, 450);

  expect(await sweepHolds({ pool, ...common })()).toEqual({ freed: 450, fenced: 0 });

  expect(await ended(pool)).toBe(450);
  expect(await commits(pool)).toBe(3);
  expect(await wrongCounters(pool)).toEqual([]);
  const expired = (await facts(pool)).filter(({ type }) => type === 'booking.expired');
  expect(expired).toHaveLength(450);
});

test('what passes the fence together is freed by one commit', async ({ pool }) => {
  await lapsedHolds(pool, 10, { begun: true });
  await holdStore(pool, GRACE_MS).fenceLapsed(200);
  const allAsked = Promise.withResolvers<'closed'>();
  let asked = 0;
  const closePayment: ClosePayment = () => {
    asked += 1;
    if (asked === 10) allAsked.resolve('closed');
    return allAsked.promise;
  };
  const fence = runFence({ pool, ...common, closePayment, logger });

  expect(await runDueFences({ pool, graceMs: GRACE_MS, runFence: fence })()).toBe(10);

  expect(await ended(pool)).toBe(10);
  expect(await commits(pool)).toBe(1);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('fences go on for as long as all of them end, and stop at one that stays', async ({
  pool,
}) => {
  await lapsedHolds(pool, 45, { begun: true });
  await holdStore(pool, GRACE_MS).fenceLapsed(200);
  let asked = 0;
  const fences = (closePayment: ClosePayment) =>
    runDueFences({
      pool,
      graceMs: GRACE_MS,
      runFence: runFence({ pool, ...common, closePayment, logger }),
    });

  const answers = await fences(async () => {
    asked += 1;
    return asked === 15 ? 'processing' : 'closed';
  })();

  expect([answers, asked]).toEqual([19, 20]);
  expect(await fences(async () => 'closed')()).toBe(25);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('those that expire and those that are cancelled end as they were sent to the fence', async ({
  pool,
}) => {
  await lapsedHolds(pool, 6, { begun: true });
  const { rows } = await pool.query('select id from bookings order by id');
  const ids: string[] = rows.map(({ id }) => id);
  const store = holdStore(pool, GRACE_MS);
  await store.fence(ids[0] ?? '', 0);
  await store.fence(ids[3] ?? '', 0);
  await store.fenceLapsed(200);

  expect((await store.endFenced(ids, 'CANCELLED')).sort()).toEqual([ids[0], ids[3]]);
  expect(await store.endFenced(ids, 'EXPIRED')).toHaveLength(4);
  expect(await store.endFenced(ids, 'EXPIRED')).toEqual([]);
  expect(await ended(pool)).toBe(6);
});

test('releases and placings of the same slots, many of each at once, never wait for each other in a ring', async ({
  pool,
}) => {
  const quotes = await lapsedHolds(pool, 400, { slots: 8, begun: true });
  await pool.query('update bookings set payment_began_at = null where random() < 0.5');
  const store = holdStore(pool, GRACE_MS);
  const sweep = sweepHolds({ pool, ...common });
  const release = async () => {
    await sweep();
    const due = await store.claimDueFences(40);
    await store.endFenced(
      due.map(({ id }) => id),
      'EXPIRED',
    );
  };
  const places = async (round: number) => {
    const some = Array.from({ length: 24 }, (_, nth) => quotes[(nth * 7 + round) % 16]);
    const placings = some.flatMap((quote) => (quote ? [placingOf(quote, { holdMs: 0 })] : []));
    const placements = await placeAll(pool, placings);
    await pool.query(
      `update bookings set hold_expires_at = now() - interval '1 hour' where id = any ($1)`,
      [placements.flatMap((one) => ('bookingId' in one && one.bookingId ? [one.bookingId] : []))],
    );
  };

  const rounds = Array.from({ length: 15 }, (_, round) =>
    Promise.all([places(round), places(round + 5), places(round + 11), release(), release()]),
  );
  await Promise.all(rounds);

  expect(await ended(pool)).toBeGreaterThan(100);
  expect(await wrongCounters(pool)).toEqual([]);
});
