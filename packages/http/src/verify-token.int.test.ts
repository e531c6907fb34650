import { createServer } from 'node:http';
import { type Listening, listening } from '@guichet/testing/listening';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTokenVerifier, type TokenVerifier } from './verify-token.ts';

const issuer = 'https://guichet.test';
let ours: CryptoKey;
let theirs: CryptoKey;
let running: Listening;
let jwksUrl = '';
let verifier: TokenVerifier;
const clock = { now: 0 };

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA');
  ours = pair.privateKey;
  theirs = (await generateKeyPair('EdDSA')).privateKey;
  const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA' }];
  const server = createServer((_, res) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ keys }));
  });
  running = await listening(server);
  jwksUrl = `${running.url}/`;
});
afterAll(() => running.close());
beforeEach(() => {
  clock.now = Date.now();
  verifier = createTokenVerifier({ jwksUrl, issuer, audience: 'guichet', now: () => clock.now });
});

type Claims = { aud?: string; iss?: string; typ?: string; seconds?: number; key?: CryptoKey };
const token = ({
  aud = 'guichet',
  iss = issuer,
  typ = 'at+jwt',
  seconds = 300,
  key = ours,
}: Claims = {}) =>
  new SignJWT({ kind: 'employee', org: 'o1', permissions: ['slots:write'] })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ })
    .setSubject('e1')
    .setAudience(aud)
    .setIssuer(iss)
    .setIssuedAt(Math.floor(clock.now / 1_000))
    .setExpirationTime(Math.floor(clock.now / 1_000) + seconds)
    .sign(key);

test('a good token says who acts, for whom, and what they may do', async () => {
  expect(await verifier.verify(await token())).toEqual({
    id: 'e1',
    kind: 'employee',
    organiserId: 'o1',
    permissions: ['slots:write'],
  });
});

test.each<[string, Claims]>([
  ['another audience', { aud: 'elsewhere' }],
  ['another issuer', { iss: 'https://evil.test' }],
  ['another type', { typ: 'quote+jwt' }],
  ['no time left', { seconds: -10 }],
])('a token with %s is refused', async (_, claims) => {
  await expect(verifier.verify(await token(claims))).rejects.toMatchObject({
    status: 401,
    code: 'invalid_token',
  });
});

test('a token signed by another, unsigned, or altered in one letter is refused', async () => {
  const good = await token();
  const [head = '', body = '', signature = ''] = good.split('.');
  const none = `${btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')}.${body}.`;
  const altered = `${head}.${body.slice(0, -1)}${body.endsWith('A') ? 'B' : 'A'}.${signature}`;

  for (const bad of [await token({ key: theirs }), none, altered, 'nonsense']) {
    await expect(verifier.verify(bad)).rejects.toMatchObject({ code: 'invalid_token' });
  }
});

test('a token that was verified once still ends when it ends', async () => {
  const good = await token({ seconds: 60 });
  await verifier.verify(good);
  clock.now += 61_000;

  await expect(verifier.verify(good)).rejects.toMatchObject({ code: 'invalid_token' });
});

test('a forgotten subject’s tokens are refused, the one that replaces them is not', async () => {
  const old = await token();
  await verifier.verify(old);
  clock.now += 5_000;
  verifier.forget('e1', clock.now);

  await expect(verifier.verify(old)).rejects.toMatchObject({ code: 'invalid_token' });
  await expect(verifier.verify(await token())).resolves.toMatchObject({ id: 'e1' });
});

test('keys that cannot be fetched are no fault of the token', async () => {
  const lost = createTokenVerifier({
    jwksUrl: 'http://127.0.0.1:1/',
    issuer,
    audience: 'guichet',
  });

  await expect(lost.verify(await token())).rejects.toMatchObject({
    status: 503,
    code: 'token_keys_unavailable',
  });
});
