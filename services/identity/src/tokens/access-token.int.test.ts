import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { jwks, login, me, tokensOf } from '@guichet/contracts/auth';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose';
import { describe, expect } from 'vitest';
import { issuer, keyRing, runIdentity, httpTest as test } from '../../test/identity-test.ts';
import { password, problemOf, signUp } from '../../test/people.ts';

const minute = 60_000;

type Signed = {
  aud?: string;
  iss?: string;
  typ?: string;
  expiresAt?: number;
  kid?: string;
};

describe('a token is refused', () => {
  test.for([
    ['for another audience', { aud: 'another-api' }],
    ['from another issuer', { iss: 'https://elsewhere.test' }],
    ['of another type', { typ: 'JWT' }],
    ['that has expired', { expiresAt: Date.now() / 1_000 - 60 }],
    ['of a key that nobody knows', { kid: 'unknown' }],
  ] as [string, Signed][])('%s', async ([, wrong], { identity }) => {
    const { id } = await signUp(identity);
    const { kid, privateKey } = await identity.deps.keys.current();
    const sign = (change: Signed) =>
      new SignJWT({ kind: 'customer' })
        .setProtectedHeader({
          alg: 'EdDSA',
          typ: change.typ ?? 'at+jwt',
          kid: change.kid ?? kid,
        })
        .setSubject(id)
        .setIssuer(change.iss ?? issuer)
        .setAudience(change.aud ?? 'guichet')
        .setIssuedAt()
        .setExpirationTime(change.expiresAt ?? '5m')
        .sign(privateKey);
    const call = async (change: Signed) =>
      problemOf(identity.api.call(me, { authorization: `Bearer ${await sign(change)}` }));

    expect(await call({})).toBe('no problem');
    expect(await call(wrong)).toBe('401 invalid_token');
  });

  test('that somebody forged: another’s key, a changed claim, no algorithm', async ({
    identity,
  }) => {
    const { authorization } = await signUp(identity);
    const [header = '', payload = '', signature = ''] = authorization.slice(7).split('.');
    const { kid } = await identity.deps.keys.current();
    const { privateKey } = generateKeyPairSync('ed25519');
    const foreign = await new SignJWT({ kind: 'customer' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setSubject(crypto.randomUUID())
      .setIssuer(issuer)
      .setAudience('guichet')
      .setExpirationTime('5m')
      .sign(privateKey);
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const call = (token: string) =>
      problemOf(identity.api.call(me, { authorization: `Bearer ${token}` }));

    expect(await call(foreign)).toBe('401 invalid_token');
    const grown = encoded({ ...claims, kind: 'service' });
    expect(await call(`${header}.${grown}.${signature}`)).toBe('401 invalid_token');
    expect(await call(`${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`)).toBe(
      '401 invalid_token',
    );
    expect(await call('not-a-token')).toBe('401 invalid_token');
  });

  test('once its subject was revoked, and the next one passes', async ({ identity }) => {
    const { id, email, authorization } = await signUp(identity);

    identity.deps.verifyToken.forget(id, Date.now() + 1_000);

    expect(await problemOf(identity.api.call(me, { authorization }))).toBe('401 invalid_token');
    await expect
      .poll(
        async () => {
          const { accessToken } = tokensOf(
            await identity.api.call(login, { body: { email, password } }),
          );
          return problemOf(identity.api.call(me, { authorization: `Bearer ${accessToken}` }));
        },
        { timeout: 20_000 },
      )
      .toBe('no problem');
  });
});

describe('while keys rotate', () => {
  test('no token is refused, by a verifier that fetches keys every ten minutes', async ({
    pool,
  }) => {
    // Keys begin to sign at whole hours, so this begins at one, whatever time it is.
    const clock = { now: Math.floor(Date.now() / 3_600_000) * 3_600_000 };
    const keys = keyRing(pool, () => clock.now);
    const identity = await runIdentity(pool, { keys });
    const { email } = await signUp(identity);
    // Fetches at most every ten minutes of its own, and sees only what was published by then.
    const known = createRemoteJWKSet(new URL('/.well-known/jwks.json', identity.url), {
      cooldownDuration: 3_600_000,
      cacheMaxAge: Number.POSITIVE_INFINITY,
    });
    const kids = new Set<string>();

    for (let minutes = 0; minutes < 200; minutes += 5) {
      // Between two rotations, never at one: a key that is published as it signs comes too late.
      if (minutes === 0 || minutes % 10 === 5) await known.reload();
      const { accessToken } = tokensOf(
        await identity.api.call(login, { body: { email, password } }),
      );
      clock.now += 5 * minute;
      const { protectedHeader } = await jwtVerify(accessToken, known, { algorithms: ['EdDSA'] });
      kids.add(String(protectedHeader.kid));
    }
    await identity.close();

    expect(kids.size).toBe(4);
  });

  test('a replica verifies what another one signed', async ({ pool }) => {
    const sealingKey = randomBytes(32);
    const [one, other] = [
      await runIdentity(pool, { keys: keyRing(pool, Date.now, sealingKey) }),
      await runIdentity(pool, { keys: keyRing(pool, Date.now, sealingKey) }),
    ];
    const { authorization, id } = await signUp(one);

    expect(await other.api.call(me, { authorization })).toMatchObject({ id });
    await one.close();
    await other.close();
  });

  test('a storm of unknown keys asks for the key set once, not each time', async ({ identity }) => {
    const { keys, pool } = identity.deps;
    let asked = 0;
    const counting = await runIdentity(pool, {
      keys: {
        current: () => keys.current(),
        jwks() {
          asked += 1;
          return keys.jwks();
        },
      },
    });
    const tokens = createTokenVerifier({
      jwksUrl: `${counting.url}/.well-known/jwks.json`,
      issuer,
      audience: 'guichet',
    });
    const { privateKey } = generateKeyPairSync('ed25519');
    const unknown = () =>
      new SignJWT({ kind: 'customer' })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: crypto.randomUUID() })
        .setSubject('somebody')
        .setIssuer(issuer)
        .setAudience('guichet')
        .setExpirationTime('5m')
        .sign(privateKey);

    const refused = await Promise.allSettled(
      Array.from({ length: 50 }, async () => tokens.verify(await unknown())),
    );

    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toBeLessThanOrEqual(2);
    await counting.close();
  });
});

test('the published keys have no private half, and may be cached for a minute', async ({
  identity,
}) => {
  await signUp(identity);
  const { keys } = await identity.api.call(jwks, {});
  const response = await fetch(`${identity.url}/.well-known/jwks.json`);

  expect(keys).toHaveLength(1);
  expect(keys[0]).toEqual({
    kty: 'OKP',
    crv: 'Ed25519',
    alg: 'EdDSA',
    use: 'sig',
    kid: expect.any(String),
    x: expect.any(String),
  });
  expect(response.headers.get('cache-control')).toBe('public, max-age=60');
});
