import { login, me, register } from '@guichet/contracts/auth';
import { bodyHash } from '@guichet/http/idempotency';
import { hash } from '@node-rs/argon2';
import { describe, expect } from 'vitest';
import { passwords, runIdentity, httpTest as test } from '../../test/identity-test.ts';
import { password, problemOf, signInAs, signUp } from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';
import { accountStore } from './account-store.ts';
import type { Passwords } from './passwords.ts';

const ada = { firstName: 'Ada', lastName: 'Lovelace', language: 'fr' as const };

/** The real hashing, with a count of what it was asked. */
function counted() {
  const asked = { hash: 0, verify: 0 };
  const counting: Passwords = {
    ...passwords,
    hash: (text) => {
      asked.hash += 1;
      return passwords.hash(text);
    },
    verify: (kept, text) => {
      asked.verify += 1;
      return passwords.verify(kept, text);
    },
  };
  return { asked, counting };
}

describe('registering', () => {
  test('opens an account that its owner signs in to, whatever the case', async ({ identity }) => {
    const body = { ...ada, email: 'Ada@Guichet.Test', password };
    expect(await identity.api.call(register, { body })).toEqual({ status: 'registered' });

    const person = await signInAs(identity, 'ADA@guichet.test');

    expect(await identity.api.call(me, person)).toEqual({
      id: person.id,
      email: 'ada@guichet.test',
      ...ada,
      organiserId: null,
      permissions: [],
      employments: [],
    });
    expect(await factsIn(identity.deps.pool)).toEqual([
      {
        type: 'customer.registered',
        subject: person.id,
        sequence: 1,
        data: {
          customerId: person.id,
          email: 'ada@guichet.test',
          firstName: 'Ada',
          language: 'fr',
        },
      },
    ]);
  });

  test('answers a known address like an unknown one, and hashes for both', async ({ pool }) => {
    const { asked, counting } = counted();
    const identity = await runIdentity(pool, { passwords: counting });
    const send = async () => {
      const response = await fetch(`${identity.url}/api/auth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...ada, email: 'ada@guichet.test', password }),
      });
      const { date: _, ...headers } = Object.fromEntries(response.headers);
      return { status: response.status, headers, body: await response.text(), ...asked };
    };

    const [first, again] = [await send(), await send()];
    await identity.close();

    expect({ ...again, hash: 1 }).toEqual(first);
    expect(asked).toEqual({ hash: 2, verify: 0 });
    expect(await factsIn(pool)).toHaveLength(1);
  });

  test('does not give a known account another password', async ({ identity }) => {
    const { email } = await signUp(identity);
    const other = 'somebody else altogether';

    await identity.api.call(register, { body: { ...ada, email, password: other } });

    const attempt = identity.api.call(login, { body: { email, password: other } });
    expect(await problemOf(attempt)).toBe('401 credentials_invalid');
  });

  test('of eight at once with one address, one account comes', async ({ identity }) => {
    const body = { ...ada, email: 'ada@guichet.test', password };

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => identity.api.call(register, { body })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['registered']));
    expect(await factsIn(identity.deps.pool)).toHaveLength(1);
  });

  test.for([
    ['PassWord', '422 password_too_common'],
    ['short', '400 invalid_request'],
    ['x'.repeat(257), '400 invalid_request'],
  ] as const)('refuses the password %s', async ([given, problem], { identity }) => {
    const body = { ...ada, email: 'ada@guichet.test', password: given };

    expect(await problemOf(identity.api.call(register, { body }))).toBe(problem);
    expect(await factsIn(identity.deps.pool)).toEqual([]);
  });

  test('the same key answers again, and another body under it is refused', async ({ identity }) => {
    const body = { ...ada, email: 'ada@guichet.test', password };
    const idempotencyKey = crypto.randomUUID();
    await identity.api.call(register, { body, idempotencyKey });

    await identity.api.call(register, { body, idempotencyKey });
    const other = identity.api.call(register, {
      body: { ...body, firstName: 'Grace' },
      idempotencyKey,
    });

    expect(await problemOf(other)).toBe('422 idempotency_key_reused');
    const { rows } = await identity.deps.pool.query('select body_hash from idempotency_keys');
    // A hash that anybody can make is one to try passwords on.
    expect(rows[0].body_hash).not.toBe(bodyHash({ path: '/api/auth/register', body }));
  });
});

describe('signing in', () => {
  test('an unknown address and a wrong password are one refusal, and cost one hash', async ({
    pool,
  }) => {
    const { asked, counting } = counted();
    const identity = await runIdentity(pool, { passwords: counting });
    const { email } = await signUp(identity);
    const attempt = async (address: string) => {
      asked.verify = 0;
      const response = await fetch(`${identity.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: address, password: 'not the password' }),
      });
      const { traceId: _, ...problem } = (await response.json()) as Record<string, unknown>;
      return { status: response.status, problem, hashes: asked.verify };
    };

    const [known, unknown] = [await attempt(email), await attempt('nobody@guichet.test')];
    await identity.close();

    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ status: 401, hashes: 1 });
  });

  test('renews a hash of an older policy', async ({ identity }) => {
    const { email, id } = await signUp(identity);
    const old = await hash(password, { memoryCost: 8_192, timeCost: 1 });
    await accountStore(identity.deps.pool).setPassword(id, old);

    await signInAs(identity, email);

    const account = await accountStore(identity.deps.pool).find(id);
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(signInAs(identity, email)).resolves.toMatchObject({ id });
  });
});

test('a stranger has no account to show', async ({ identity }) => {
  expect(await problemOf(identity.api.call(me, {}))).toBe('401 authentication_required');
});
