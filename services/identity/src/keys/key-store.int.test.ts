import { randomBytes } from 'node:crypto';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { keyRing, test } from '../../test/identity-test.ts';

const sealingKey = randomBytes(32);
const minute = 60_000;
/** Keys begin to sign at whole hours; so do these tests, whatever time it is. */
const wholeHour = Math.floor(Date.now() / 3_600_000) * 3_600_000;

const ringOf = (pool: Pool, now: () => number) => keyRing(pool, now, sealingKey);

test('four replicas that start together sign with one key', async ({ pool }) => {
  const rings = [0, 3, 7, 12].map((late) => ringOf(pool, () => wholeHour + late));

  const kids = await Promise.all(rings.map(async (ring) => (await ring.current()).kid));

  expect(new Set(kids).size).toBe(1);
});

test('a ring read again from the database signs on with the key it had', async ({ pool }) => {
  const now = wholeHour;
  const { kid } = await ringOf(pool, () => now).current();

  const again = ringOf(pool, () => now + minute);

  expect((await again.current()).kid).toBe(kid);
  expect((await again.jwks()).keys).toEqual([
    expect.objectContaining({ kid, kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' }),
  ]);
});

test('the next key is there before it signs, and the old one goes in the end', async ({ pool }) => {
  let now = wholeHour;
  const ring = ringOf(pool, () => now);
  const first = (await ring.current()).kid;

  now += 46 * minute;
  expect((await ring.jwks()).keys).toHaveLength(2);
  expect((await ring.current()).kid).toBe(first);

  now += 20 * minute;
  expect((await ring.current()).kid).not.toBe(first);
  expect((await ring.jwks()).keys.map(({ kid }) => kid)).toContain(first);

  now += 40 * minute;
  expect((await ring.jwks()).keys.map(({ kid }) => kid)).not.toContain(first);
});

test('no private half is in the database in the clear', async ({ pool }) => {
  await ringOf(pool, Date.now).current();

  const { rows } = await pool.query('select * from signing_keys');
  expect(JSON.stringify(rows)).not.toContain('"d"');
});
