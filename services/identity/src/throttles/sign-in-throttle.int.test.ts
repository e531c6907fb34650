import { login } from '@guichet/contracts/auth';
import { describe, expect } from 'vitest';
import { httpTest as test } from '../../test/identity-test.ts';
import { password, signUp } from '../../test/people.ts';

describe('wrong passwords', () => {
  test('are counted: the eleventh waits, also when right, but not from elsewhere', async ({
    identity,
  }) => {
    const { email } = await signUp(identity);
    const attempt = (given: string, address: string) =>
      fetch(`${identity.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ email, password: given }),
      });
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => attempt('not the password', '192.0.2.7')),
    );

    const statuses = guesses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const refused = await attempt(password, '192.0.2.7');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'too_many_attempts' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt(password, '192.0.2.8')).status).toBe(200);
  });

  test('right ones are not: an office signs in a hundred times', async ({ identity }) => {
    const { email } = await signUp(identity);

    for (let n = 0; n < 30; n += 1) await identity.api.call(login, { body: { email, password } });

    const { rows } = await identity.deps.pool.query('select max(points) as most from throttles');
    expect(rows[0].most).toBe(0);
  });
});
