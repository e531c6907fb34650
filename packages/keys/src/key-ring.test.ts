import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyRing, type KeyStore, type StoredKey } from './key-ring.ts';
import { seal, unseal } from './seal.ts';

const sealingKey = randomBytes(32);
const minute = 60_000;

/** The contract of a store, in memory: one key per `activeFrom`. */
function memoryStore(): KeyStore & { keys: Map<number, StoredKey> } {
  const keys = new Map<number, StoredKey>();
  return {
    keys,
    list: async () => [...keys.values()],
    async insert(key) {
      if (keys.has(key.activeFrom.getTime())) return false;
      keys.set(key.activeFrom.getTime(), key);
      return true;
    },
    async remove(kid) {
      for (const [from, key] of keys) if (key.kid === kid) keys.delete(from);
    },
  };
}

function ringAt(store: KeyStore, clock: { now: number }) {
  return createKeyRing({
    store,
    sealingKey,
    now: () => clock.now,
    rotateAfterMs: 60 * minute,
    publishAheadMs: 10 * minute,
    retireAfterMs: 10 * minute,
  });
}

test('two replicas of an empty ring sign with the same key', async () => {
  const store = memoryStore();
  const clock = { now: 0 };
  const [a, b] = await Promise.all([
    ringAt(store, clock).current(),
    ringAt(store, clock).current(),
  ]);

  expect(a.kid).toBe(b.kid);
});

test('the next key is published before it signs, and the old one while what it signed is valid', async () => {
  const clock = { now: 0 };
  const ring = ringAt(memoryStore(), clock);
  const published = async () => (await ring.jwks()).keys.map(({ kid }) => kid);
  const first = (await ring.current()).kid;

  clock.now = 51 * minute;
  expect(await published()).toHaveLength(2);
  expect((await ring.current()).kid).toBe(first);

  clock.now = 61 * minute;
  const second = (await ring.current()).kid;
  expect(second).not.toBe(first);
  expect(await published()).toEqual([first, second]);

  clock.now = 111 * minute;
  expect(await published()).not.toContain(first);
  expect((await ring.current()).kid).toBe(second);
});

test('whatever the clock does between two looks, what signs was published before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      async (steps) => {
        const clock = { now: 0 };
        const ring = ringAt(memoryStore(), clock);
        let seen = [(await ring.current()).kid];
        for (const minutes of steps) {
          clock.now += minutes * minute;
          const { kid } = await ring.current();
          expect([...seen, ...(minutes > 10 ? [kid] : [])]).toContain(kid);
          seen = (await ring.jwks()).keys.map((key) => key.kid ?? '');
          expect(seen).toContain(kid);
        }
      },
    ),
  );
});

test('no private half is published or kept in the clear', async () => {
  const store = memoryStore();
  const ring = ringAt(store, { now: 0 });
  await ring.current();

  expect((await ring.jwks()).keys.every((key) => key.d === undefined)).toBe(true);
  expect(JSON.stringify([...store.keys.values()])).not.toContain('"d"');
});

test('what was sealed opens with its own key only, and with no byte changed', () => {
  const sealed = seal(sealingKey, 'secret');
  const changed = Buffer.from(sealed, 'base64url');
  changed[14] = (changed[14] ?? 0) ^ 1;

  expect(unseal(sealingKey, sealed).toString()).toBe('secret');
  expect(() => unseal(randomBytes(32), sealed)).toThrow('SEALING_KEY');
  expect(() => unseal(sealingKey, changed.toString('base64url'))).toThrow('SEALING_KEY');
});
