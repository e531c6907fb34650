import type { IdempotencyStore } from '@guichet/http/idempotency';
import { databaseTest } from '@guichet/testing/database-test';
import { expect } from 'vitest';
import { postgresIdempotencyStore } from './idempotency-store.ts';
import type { Pool } from './pool.ts';

const test = databaseTest();
const claim = { scope: 'placeBooking:anna', key: 'k1', bodyHash: 'one' };
const answer = { status: 201, headers: { location: '/api/things/1' }, body: '{"id":1}' };

/** As if so much time had gone by. */
const later = (pool: Pool, interval: string) =>
  pool.query(
    `update idempotency_keys
        set created_at = created_at - $1::interval, locked_until = locked_until - $1::interval`,
    [interval],
  );
const completed = async (store: IdempotencyStore) => {
  await store.claim(claim);
  await store.complete({ ...claim, ...answer });
};

test('of eight at once, exactly one has the key', async ({ pool }) => {
  const store = postgresIdempotencyStore(pool);

  const claims = await Promise.all(Array.from({ length: 8 }, () => store.claim(claim)));

  expect(claims.map(({ state }) => state).sort()).toEqual([...Array(7).fill('in_flight'), 'new']);
});

test('the answer is given again, to the same body and in the same scope', async ({ pool }) => {
  const store = postgresIdempotencyStore(pool);
  await completed(store);

  expect(await store.claim(claim)).toEqual({ state: 'replay', ...answer });
  expect(await store.claim({ ...claim, bodyHash: 'two' })).toEqual({ state: 'mismatch' });
  expect(await store.claim({ ...claim, scope: 'placeBooking:emre' })).toEqual({ state: 'new' });
});

test('what was refused may be asked anew; what was answered stays', async ({ pool }) => {
  const store = postgresIdempotencyStore(pool);
  await store.claim(claim);
  await store.release(claim);
  expect(await store.claim({ ...claim, bodyHash: 'two' })).toEqual({ state: 'new' });

  await store.complete({ ...claim, ...answer });
  await store.release(claim);
  expect(await store.claim({ ...claim, bodyHash: 'two' })).toMatchObject({ state: 'replay' });
});

test('a key whose holder died is free after a minute, once', async ({ pool }) => {
  const store = postgresIdempotencyStore(pool);
  await store.claim(claim);
  await later(pool, '40 seconds');
  expect(await store.claim(claim)).toEqual({ state: 'in_flight' });

  await later(pool, '20 seconds');
  expect(await store.claim({ ...claim, bodyHash: 'two' })).toEqual({ state: 'mismatch' });
  const claims = await Promise.all(Array.from({ length: 8 }, () => store.claim(claim)));
  expect(claims.filter(({ state }) => state === 'new')).toHaveLength(1);
});

test('a day later a key is a new one', async ({ pool }) => {
  const store = postgresIdempotencyStore(pool);
  await completed(store);
  await later(pool, '23 hours');
  expect(await store.claim(claim)).toMatchObject({ state: 'replay' });

  await later(pool, '2 hours');
  expect(await store.claim({ ...claim, bodyHash: 'two' })).toEqual({ state: 'new' });
});
