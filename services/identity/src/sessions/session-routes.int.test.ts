import { endSession, listSessions, logout, me, refresh } from '@guichet/contracts/auth';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect } from 'vitest';
import { issuer, runIdentity, httpTest as test } from '../../test/identity-test.ts';
import { hired, openOrganiser, problemOf, signInAs, signUp } from '../../test/people.ts';
import { factsIn, lifetimes } from '../../test/seed.ts';

describe('an access token', () => {
  test('says who acts, for five minutes', async ({ identity }) => {
    const person = await signUp(identity);
    const token = person.authorization.slice('Bearer '.length);

    const { iat = 0, exp = 0, ...claims } = decodeJwt(token);

    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: expect.any(String),
    });
    expect(exp - iat).toBe(300);
    expect(claims).toEqual({
      iss: issuer,
      aud: 'guichet',
      sub: person.id,
      jti: expect.any(String),
      kind: 'customer',
      sid: expect.any(String),
    });
  });

  test('of an employee names the organiser and what they may do there', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const { authorization } = await hired(identity, organiser, 'employee');

    expect(decodeJwt(authorization.slice('Bearer '.length))).toMatchObject({
      kind: 'employee',
      org: organiser.organiserId,
      permissions: ['bookings:read', 'bookings:write', 'boarding:write', 'payments:read'],
    });
  });
});

describe('refreshing', () => {
  test('gives new tokens, and each refresh token works once', async ({ identity }) => {
    const { api, deps } = identity;
    const person = await signUp(identity);
    const first = await api.call(refresh, { body: { refreshToken: person.refreshToken } });
    const second = await api.call(refresh, { body: { refreshToken: first.refreshToken } });

    const reuse = api.call(refresh, { body: { refreshToken: person.refreshToken } });

    expect(await problemOf(reuse)).toBe('401 refresh_token_reused');
    // The whole family is gone: the thief's branch and the owner's alike.
    const body = { refreshToken: second.refreshToken };
    expect(await problemOf(api.call(refresh, { body }))).toBe('401 refresh_token_invalid');
    const facts = await factsIn(deps.pool, 'customer.token_reused', 'subject.revoked');
    expect(facts.map(({ type, subject }) => [type, subject])).toEqual([
      ['subject.revoked', person.id],
      ['customer.token_reused', person.id],
    ]);
  });

  test('tells of a reuse once, however often the token comes', async ({ identity }) => {
    const { refreshToken } = await signUp(identity);
    const send = (token: string) => identity.api.call(refresh, { body: { refreshToken: token } });
    await send((await send(refreshToken)).refreshToken);

    const codes = await Promise.all(Array.from({ length: 8 }, () => problemOf(send(refreshToken))));

    expect(codes.filter((code) => code === '401 refresh_token_reused')).toHaveLength(1);
    expect(await factsIn(identity.deps.pool, 'customer.token_reused')).toHaveLength(1);
  });

  test('eight tabs that wake at once get one and the same successor', async ({ identity }) => {
    const { refreshToken } = await signUp(identity);

    const grants = await Promise.all(
      Array.from({ length: 8 }, () => identity.api.call(refresh, { body: { refreshToken } })),
    );

    const successors = new Set(grants.map((grant) => grant.refreshToken));
    expect(successors.size).toBe(1);
    const [successor = ''] = successors;
    const next = await identity.api.call(refresh, { body: { refreshToken: successor } });
    expect(next.refreshToken).not.toBe(successor);
    expect(await factsIn(identity.deps.pool, 'customer.token_reused')).toEqual([]);
  });

  test('after the grace, the second tab is a thief', async ({ pool }) => {
    const identity = await runIdentity(pool, { lifetimes: { ...lifetimes, graceMs: 0 } });
    const { refreshToken } = await signUp(identity);
    await identity.api.call(refresh, { body: { refreshToken } });

    const late = identity.api.call(refresh, { body: { refreshToken } });

    expect(await problemOf(late)).toBe('401 refresh_token_reused');
    await identity.close();
  });

  test('a token that nobody issued, and none at all, are refused', async ({ identity }) => {
    const call = (body: { refreshToken?: string }) =>
      problemOf(identity.api.call(refresh, { body }));

    expect(await call({ refreshToken: 'x'.repeat(43) })).toBe('401 refresh_token_invalid');
    expect(await call({})).toBe('401 refresh_token_invalid');
  });
});

describe('signing out', () => {
  test('ends the session of the token alone', async ({ identity }) => {
    const one = await signUp(identity);
    const other = await signInAs(identity, one.email);

    await identity.api.call(logout, { body: { refreshToken: one.refreshToken } });

    const refreshed = (refreshToken: string) =>
      problemOf(identity.api.call(refresh, { body: { refreshToken } }));
    expect(await refreshed(one.refreshToken)).toBe('401 refresh_token_invalid');
    expect(await refreshed(other.refreshToken)).toBe('no problem');
    expect(await factsIn(identity.deps.pool, 'subject.revoked')).toHaveLength(1);
  });

  test('is the same for a token that nobody issued, and for none', async ({ identity }) => {
    await identity.api.call(logout, { body: { refreshToken: 'x'.repeat(43) } });
    await identity.api.call(logout, { body: {} });

    expect(await factsIn(identity.deps.pool)).toEqual([]);
  });
});

describe('one’s sessions', () => {
  test('are listed, and any of them can be ended', async ({ identity }) => {
    const laptop = await signUp(identity);
    const telephone = await signInAs(identity, laptop.email);
    const { items } = await identity.api.call(listSessions, laptop);
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);

    const id = items.find(({ current }) => !current)?.id ?? '';
    await identity.api.call(endSession, { ...laptop, params: { id } });

    const body = { refreshToken: telephone.refreshToken };
    expect(await problemOf(identity.api.call(refresh, { body }))).toBe('401 refresh_token_invalid');
    expect((await identity.api.call(listSessions, laptop)).items).toHaveLength(1);
    const again = identity.api.call(endSession, { ...laptop, params: { id } });
    expect(await problemOf(again)).toBe('404 session_not_found');
  });

  test('of somebody else are as if there were none', async ({ identity }) => {
    const [one, other] = [await signUp(identity), await signUp(identity)];
    const { items } = await identity.api.call(listSessions, other);

    const ending = identity.api.call(endSession, { ...one, params: { id: items[0]?.id ?? '' } });

    expect(await problemOf(ending)).toBe('404 session_not_found');
    expect((await identity.api.call(listSessions, other)).items).toHaveLength(1);
  });
});

test('a token of a person who is gone shows nobody', async ({ identity }) => {
  const person = await signUp(identity);
  await identity.deps.pool.query('delete from accounts where id = $1', [person.id]);

  expect(await problemOf(identity.api.call(me, person))).toBe('404 account_not_found');
});
