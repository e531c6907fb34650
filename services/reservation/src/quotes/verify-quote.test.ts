import { createLogger } from '@guichet/telemetry/logger';
import fc from 'fast-check';
import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import { quoteFor } from '../reservation-test.ts';
import { createQuoteKeys } from './quote-keys.ts';
import { verifyQuote } from './verify-quote.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const slot = {
  id: '0190a000-0000-7000-8000-000000000001',
  organiserId: '0190a000-0000-7000-8000-000000000002',
  offeringId: '0190a000-0000-7000-8000-000000000003',
} as Parameters<typeof quoteFor>[0];

async function signer(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  return { kid, privateKey, publicKey, jwk };
}

const sign = (
  { kid, privateKey }: { kid: string; privateKey: CryptoKey },
  claims = quoteFor(slot),
  header: Record<string, string> = {},
) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'quote+jwt', ...header })
    .sign(privateKey);

const noneKept = async () => undefined;

const verifier = (keys: JSONWebKeySet['keys'], options: { now?: () => number } = {}) => {
  const { keyOf } = createQuoteKeys({
    fetchKeys: async () => ({ keys }),
    recallKeys: noneKept,
    logger,
  });
  return verifyQuote({ keyOf, ...options });
};

test('a quote of catalog’s says what it promises', async () => {
  const key = await signer('a');
  const verify = verifier([key.jwk]);

  expect(await verify(await sign(key))).toEqual(quoteFor(slot));
});

test('a quote from before names could be asked asks for none', async () => {
  const key = await signer('a');
  const { names: _, ...older } = quoteFor(slot);
  const token = await new SignJWT({ ...older })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'quote+jwt' })
    .sign(key.privateKey);

  expect(await verifier([key.jwk])(token)).toEqual({ ...older, names: false });
});

test('a quote that is forged, altered, of another type or no quote at all is refused', async () => {
  const [key, other] = [await signer('a'), await signer('a')];
  const verify = verifier([key.jwk]);
  const good = await sign(key);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const cheaper = Buffer.from(JSON.stringify(quoteFor(slot, 1, { total: 1 }))).toString(
    'base64url',
  );
  const none = Buffer.from('{"alg":"none","typ":"quote+jwt"}').toString('base64url');

  for (const forged of [
    await sign(other),
    await sign({ ...key, kid: 'unknown' }),
    await sign(key, quoteFor(slot), { typ: 'at+jwt' }),
    await sign(key, { ...quoteFor(slot), places: 0 }),
    [header, cheaper, signature].join('.'),
    [none, payload, ''].join('.'),
    'rubbish',
  ]) {
    await expect(verify(forged), forged).rejects.toMatchObject({ code: 'quote_invalid' });
  }
});

test('no altered quote verifies', async () => {
  const key = await signer('a');
  const verify = verifier([key.jwk]);
  const good = await sign(key);

  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, letter) => {
      const altered = good.slice(0, at) + String.fromCharCode(letter) + good.slice(at + 1);
      // The last letters of base64url hold bits that stand for nothing.
      fc.pre(decoded(altered) !== decoded(good));
      await expect(verify(altered)).rejects.toMatchObject({ code: 'quote_invalid' });
    }),
    { numRuns: 1_000 },
  );
});
const decoded = (token: string) =>
  token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join();

test('a quote is refused from the second in which it expires, kept or not', async () => {
  const key = await signer('a');
  let now = 1_900_000_000_000;
  const verify = verifier([key.jwk], { now: () => now });
  const quote = await sign(key, quoteFor(slot, 1, { exp: 1_900_000_600 }));

  await expect(verify(quote)).resolves.toMatchObject({ exp: 1_900_000_600 });
  now = 1_900_000_599_999;
  await expect(verify(quote)).resolves.toMatchObject({ exp: 1_900_000_600 });
  now = 1_900_000_600_000;
  await expect(verify(quote)).rejects.toMatchObject({ code: 'quote_expired' });
  await expect(verify(quote)).rejects.toMatchObject({ code: 'quote_expired' });
});

test('only valid quotes are kept, so rubbish pushes none of them out', async () => {
  const key = await signer('a');
  const keyOf = vi.fn(async () => key.publicKey);
  const [first, second, third] = [
    await sign(key),
    await sign(key, quoteFor(slot, 2)),
    await sign(key, quoteFor(slot, 3)),
  ];
  const verify = verifyQuote({ keyOf, mostKept: first.length + second.length });

  await verify(first);
  await verify(second);
  for (let n = 0; n < 10; n += 1) await verify(`${first}${n}`).catch(() => undefined);
  keyOf.mockClear();
  await verify(first);
  await verify(second);
  expect(keyOf).not.toHaveBeenCalled();

  await verify(third);
  await verify(first);
  expect(keyOf).toHaveBeenCalledTimes(2);
});

test('a long quote takes the room of several', async () => {
  const key = await signer('a');
  const keyOf = vi.fn(async () => key.publicKey);
  const short = [await sign(key), await sign(key, quoteFor(slot, 2))];
  const long = await sign(key, quoteFor(slot, 3, { terms: 'x'.repeat(1_000) }));
  const verify = verifyQuote({ keyOf, mostKept: long.length });
  const all = async (tokens: readonly string[]) => {
    for (const token of tokens) await verify(token);
  };

  await all([...short, long]);
  keyOf.mockClear();
  await verify(long);
  expect(keyOf).not.toHaveBeenCalled();
  await all(short);
  expect(keyOf).toHaveBeenCalledTimes(2);
});

test('keys are asked for once, kept while catalog is away, and again for a new key', async () => {
  const [old, next] = [await signer('old'), await signer('next')];
  let answer: () => Promise<JSONWebKeySet> = async () => ({ keys: [old.jwk] });
  const fetchKeys = vi.fn(() => answer());
  const keys = createQuoteKeys({ fetchKeys, recallKeys: noneKept, logger, cooldownMs: 0 });
  const verify = verifyQuote({ keyOf: keys.keyOf });

  await Promise.all([verify(await sign(old)), verify(await sign(old, quoteFor(slot, 2)))]);
  expect(fetchKeys).toHaveBeenCalledTimes(1);

  answer = async () => ({ keys: [old.jwk, next.jwk] });
  await verify(await sign(next));
  expect(fetchKeys).toHaveBeenCalledTimes(2);

  answer = () => Promise.reject(new Error('catalog is away'));
  await keys.refresh();
  await verify(await sign(next, quoteFor(slot, 2)));
  await expect(verify(await sign(await signer('forged')))).rejects.toMatchObject({
    code: 'quote_invalid',
  });
  keys.stop();
});

test('a storm of forged key ids asks catalog once in a while only', async () => {
  const key = await signer('a');
  const fetchKeys = vi.fn(async () => ({ keys: [key.jwk] }));
  const { keyOf } = createQuoteKeys({ fetchKeys, recallKeys: noneKept, logger });
  const verify = verifyQuote({ keyOf });

  for (let n = 0; n < 20; n += 1) {
    await verify(await sign({ ...key, kid: `forged-${n}` })).catch(() => undefined);
  }
  expect(fetchKeys).toHaveBeenCalledTimes(1);
});

test('without any key a quote is not called invalid', async () => {
  const { keyOf, stop } = createQuoteKeys({
    fetchKeys: () => Promise.reject(new Error('catalog is away')),
    recallKeys: noneKept,
    logger,
  });
  const key = await signer('a');

  await expect(verifyQuote({ keyOf })(await sign(key))).rejects.toMatchObject({
    code: 'quote_keys_unavailable',
  });
  stop();
});
