import { askPasswordReset, confirmPasswordReset, login, refresh } from '@guichet/contracts/auth';
import { describe, expect } from 'vitest';
import { runIdentity, httpTest as test } from '../../test/identity-test.ts';
import { problemOf, signInAs, signUp } from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';

describe('resetting a password', () => {
  const newPassword = 'the tide turns at seven';
  const tokensIn = async (pool: Parameters<typeof factsIn>[0]) =>
    (await factsIn(pool, 'customer.password_reset_asked')).map(({ data }) => String(data.token));

  test('with the token of the e-mail, once, ends every session', async ({ identity }) => {
    const { pool } = identity.deps;
    const { id, email, refreshToken } = await signUp(identity);
    expect(await identity.api.call(askPasswordReset, { body: { email } })).toEqual({
      status: 'sent_if_known',
    });
    const [token = ''] = await tokensIn(pool);
    const body = { token, password: newPassword };

    await identity.api.call(confirmPasswordReset, { body });

    expect(await problemOf(identity.api.call(confirmPasswordReset, { body }))).toBe(
      '422 reset_token_invalid',
    );
    expect(await problemOf(identity.api.call(refresh, { body: { refreshToken } }))).toBe(
      '401 refresh_token_invalid',
    );
    expect(await problemOf(signInAs(identity, email))).toBe('401 credentials_invalid');
    const signedIn = await identity.api.call(login, {
      body: { email, password: newPassword },
    });
    expect(signedIn.tokenType).toBe('Bearer');
    expect(await factsIn(pool, 'subject.revoked', 'audit.recorded')).toEqual([
      expect.objectContaining({ subject: id, data: { subjectId: id } }),
      expect.objectContaining({
        data: expect.objectContaining({ actorId: id, action: 'account.password_reset' }),
      }),
    ]);
  });

  test('says nothing of an unknown address, and writes nothing', async ({ identity }) => {
    const answer = await identity.api.call(askPasswordReset, {
      body: { email: 'nobody@guichet.test' },
    });

    expect(answer).toEqual({ status: 'sent_if_known' });
    expect(await factsIn(identity.deps.pool)).toEqual([]);
  });

  test('sends five e-mails an hour, and goes on saying the same', async ({ identity }) => {
    const { email } = await signUp(identity);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => identity.api.call(askPasswordReset, { body: { email } })),
    );

    expect(answers).toHaveLength(8);
    expect(await tokensIn(identity.deps.pool)).toHaveLength(5);
  });

  test('no token is in the table as it was sent', async ({ identity }) => {
    const { email } = await signUp(identity);
    await identity.api.call(askPasswordReset, { body: { email } });
    const [token = ''] = await tokensIn(identity.deps.pool);

    const { rows } = await identity.deps.pool.query('select token_hash from reset_tokens');

    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(rows[0].token_hash.toString('base64url')).not.toBe(token);
  });

  test('an expired token, a forged one and a common password are refused', async ({ identity }) => {
    const { email } = await signUp(identity);
    await identity.api.call(askPasswordReset, { body: { email } });
    const [token = ''] = await tokensIn(identity.deps.pool);
    const confirm = (body: { token: string; password: string }) =>
      problemOf(identity.api.call(confirmPasswordReset, { body }));

    expect(await confirm({ token, password: 'password1' })).toBe('422 password_too_common');
    expect(await confirm({ token: `${token}x`, password: newPassword })).toBe(
      '422 reset_token_invalid',
    );
    await identity.deps.pool.query(`update reset_tokens set expires_at = now()`);
    expect(await confirm({ token, password: newPassword })).toBe('422 reset_token_invalid');
    await expect(signInAs(identity, email)).resolves.toMatchObject({ email });
  });
});

test('an answer that must not tell by its time takes as long as its floor', async ({ pool }) => {
  const identity = await runIdentity(pool, { floorMs: 400 });
  const began = performance.now();

  await identity.api.call(askPasswordReset, { body: { email: 'nobody@guichet.test' } });

  expect(performance.now() - began).toBeGreaterThan(395);
  await identity.close();
});
