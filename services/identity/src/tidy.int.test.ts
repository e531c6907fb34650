import { createLogger } from '@guichet/telemetry/logger';
import { expect } from 'vitest';
import { test } from '../test/identity-test.ts';
import { seedAccount, seedSession } from '../test/seed.ts';
import { resetTokenStore } from './accounts/reset-token-store.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import { refreshTokenStore } from './sessions/refresh-token-store.ts';
import { createThrottle } from './throttles/throttle.ts';
import { createTidy } from './tidy.ts';

const dayMs = 86_400_000;

test('what has expired goes, and what counts stays', async ({ pool }) => {
  const [live, gone] = [
    await seedSession(pool),
    await seedSession(pool, { sessionMs: -2 * dayMs }),
  ];
  const { id: accountId } = await seedAccount(pool);
  const [good, late] = [hashOfSecret(newSecret()), hashOfSecret(newSecret())];
  await resetTokenStore(pool).keep({ tokenHash: good, accountId, lifetimeMs: dayMs });
  await resetTokenStore(pool).keep({ tokenHash: late, accountId, lifetimeMs: -1 });
  const throttle = createThrottle(
    'door',
    { points: 1, windowSeconds: 600 },
    {
      kind: 'postgres',
      pool,
    },
  );
  await throttle.take('ada');
  await pool.query(`insert into throttles (key, points, expire) values ('old', 1, 1)`);

  const tidy = createTidy({ pool, logger: createLogger({ service: 'test', level: 'silent' }) });
  tidy.start();
  await tidy.stop();

  const tokens = refreshTokenStore(pool);
  expect(await tokens.findSession(hashOfSecret(live.refreshToken))).toMatchObject({ id: live.id });
  expect(await tokens.findSession(hashOfSecret(gone.refreshToken))).toBeUndefined();
  const { rows } = await pool.query('select token_hash from reset_tokens');
  expect(rows).toEqual([{ token_hash: good }]);
  expect((await pool.query('select from throttles')).rowCount).toBe(1);
});
