import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { expect, onTestFinished } from 'vitest';
import { quoteFor, seedSlot, test } from '../reservation-test.ts';
import { keptQuoteKeys } from './kept-quote-keys.ts';
import { quoteKeyStore } from './quote-key-store.ts';
import { createQuoteKeys } from './quote-keys.ts';
import { verifyQuote } from './verify-quote.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

async function signer(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' } };
}
type Signer = { kid: string; privateKey: CryptoKey };

const sign = async (pool: Pool, { kid, privateKey }: Signer, changes: { exp?: number } = {}) =>
  new SignJWT({ ...quoteFor(await seedSlot(pool), 1, changes) })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'quote+jwt' })
    .sign(privateKey);

/** reservation as it starts: keys in memory it has none, catalog answers with these or is away. */
function start(pool: Pool, catalog: JWK[] | 'away') {
  const fetchKeys = async () => {
    if (catalog === 'away') throw new Error('catalog is away');
    return { keys: catalog };
  };
  const keys = createQuoteKeys({ ...keptQuoteKeys({ pool, fetchKeys, logger }), logger });
  onTestFinished(() => keys.stop());
  return { ...keys, verify: verifyQuote({ keyOf: keys.keyOf }) };
}

test('a restart while catalog is away verifies quotes, and only good ones', async ({ pool }) => {
  const [key, forger] = [await signer('a'), await signer('a')];
  await start(pool, [key.jwk]).start();

  const { verify } = start(pool, 'away');

  await expect(verify(await sign(pool, key))).resolves.toMatchObject({ places: 1 });
  await expect(verify(await sign(pool, forger))).rejects.toMatchObject({ code: 'quote_invalid' });
  await expect(verify(await sign(pool, key, { exp: 1_700_000_000 }))).rejects.toMatchObject({
    code: 'quote_expired',
  });
});

test('what catalog no longer names is let go, also after a restart', async ({ pool }) => {
  const [old, next] = [await signer('old'), await signer('next')];
  await start(pool, [old.jwk, next.jwk]).start();
  await start(pool, [next.jwk]).start();

  const { verify } = start(pool, 'away');

  await expect(verify(await sign(pool, next))).resolves.toMatchObject({ places: 1 });
  await expect(verify(await sign(pool, old))).rejects.toMatchObject({ code: 'quote_invalid' });
});

test('keys that catalog has not named for an hour are trusted no more', async ({ pool }) => {
  const key = await signer('a');
  await start(pool, [key.jwk]).start();
  await pool.query(`update quote_keys set told_at = now() - interval '59 minutes'`);
  await expect(start(pool, 'away').verify(await sign(pool, key))).resolves.toBeDefined();

  await pool.query(`update quote_keys set told_at = now() - interval '61 minutes'`);

  await expect(start(pool, 'away').verify(await sign(pool, key))).rejects.toMatchObject({
    code: 'quote_keys_unavailable',
  });
});

test('catalog’s answer is newer than what was kept', async ({ pool }) => {
  const [old, next] = [await signer('old'), await signer('next')];
  await start(pool, [old.jwk]).start();

  const { verify, start: begin } = start(pool, [next.jwk]);
  await begin();

  await expect(verify(await sign(pool, next))).resolves.toBeDefined();
  await expect(verify(await sign(pool, old))).rejects.toMatchObject({ code: 'quote_invalid' });
});

test('a table that cannot be written or read costs nothing while catalog answers', async ({
  pool,
}) => {
  const key = await signer('a');
  await pool.query('drop table quote_keys');

  await expect(start(pool, [key.jwk]).verify(await sign(pool, key))).resolves.toBeDefined();
});

test('keys that could not be read at the start are read when they can be', async ({ pool }) => {
  const key = await signer('a');
  await start(pool, [key.jwk]).start();
  await pool.query('alter table quote_keys rename to elsewhere');
  const { verify } = start(pool, 'away');
  await expect(verify(await sign(pool, key))).rejects.toMatchObject({
    code: 'quote_keys_unavailable',
  });

  await pool.query('alter table elsewhere rename to quote_keys');

  await expect(verify(await sign(pool, key))).resolves.toBeDefined();
});

test('replicas that keep the same keys at once do not wait in a circle', async ({ pool }) => {
  const { jwk } = await signer('a');
  const keys = Array.from({ length: 40 }, (_, n) => ({ ...jwk, kid: `key-${n}` }));
  const shuffled = () => [...keys].sort(() => Math.random() - 0.5);

  await Promise.all(Array.from({ length: 100 }, () => quoteKeyStore(pool).keep(shuffled())));

  expect(await quoteKeyStore(pool).listTold(60_000)).toHaveLength(40);
});
