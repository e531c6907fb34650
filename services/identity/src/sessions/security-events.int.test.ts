import { login } from '@guichet/contracts/auth';
import { expect, vi } from 'vitest';
import { runIdentity, httpTest as test } from '../../test/identity-test.ts';
import { password, refreshed, signUp } from '../../test/people.ts';
import { lifetimes } from '../../test/seed.ts';

const counted = async (
  { registry }: { registry: { metrics(): Promise<string> } },
  event: string,
) => {
  const text = await registry.metrics();
  return Number(
    new RegExp(`^guichet_security_events_total.*"${event}".* (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
  );
};

test('a refused sign-in is told without who it was', async ({ identity }) => {
  const { metrics, logger } = identity.deps;
  const warn = vi.spyOn(logger, 'warn');
  const { email } = await signUp(identity);

  await expect(
    identity.api.call(login, { body: { email, password: 'not the password' } }),
  ).rejects.toMatchObject({ status: 401 });
  await identity.api.call(login, { body: { email, password } });

  expect(await counted(metrics, 'login_refused')).toBe(1);
  expect(warn.mock.calls.map(([facts]) => facts)).toEqual([
    { securityEvent: 'login_refused', unsaid: 0 },
  ]);
});

test('a refresh token that comes back is told once, however often it does', async ({ pool }) => {
  const identity = await runIdentity(pool, { lifetimes: { ...lifetimes, graceMs: 0 } });
  const { refreshToken } = await signUp(identity);
  await refreshed(identity, { refreshToken });

  for (let nth = 0; nth < 3; nth += 1) {
    await expect(refreshed(identity, { refreshToken })).rejects.toMatchObject({ status: 401 });
  }

  expect(await counted(identity.deps.metrics, 'token_reused')).toBe(1);
  await identity.close();
});
