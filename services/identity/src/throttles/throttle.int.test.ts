import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { test } from '../../test/identity-test.ts';
import { createThrottle, type ThrottleStore } from './throttle.ts';

const limit = { points: 3, windowSeconds: 600 };

describe.each(['postgres', 'memory'] as const)('counted in %s', (kind) => {
  const storeOf = (pool: Pool): ThrottleStore => (kind === 'postgres' ? { kind, pool } : { kind });

  test('of eight at once three pass, and the rest learn how long to wait', async ({ pool }) => {
    const throttle = createThrottle('door', limit, storeOf(pool));

    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => throttle.take('ada')));

    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({
      reason: {
        code: 'too_many_attempts',
        details: { headers: { 'retry-after': expect.stringMatching(/^\d+$/) } },
      },
    });
    expect(await throttle.allows('grace')).toBe(true);
  });

  test('what is given back or forgotten does not count', async ({ pool }) => {
    const throttle = createThrottle('door', limit, storeOf(pool));
    for (let n = 0; n < 10; n += 1) {
      await throttle.take('ada');
      await throttle.giveBack('ada');
    }
    expect(await throttle.allows('ada')).toBe(true);

    for (let n = 0; n < 3; n += 1) await throttle.allows('grace');
    await throttle.forget('grace');
    expect(await throttle.allows('grace')).toBe(true);
  });
});

test('two processes on one database count together', async ({ pool }) => {
  const [one, other] = [0, 1].map(() => createThrottle('door', limit, { kind: 'postgres', pool }));

  await Promise.all([one?.take('ada'), other?.take('ada'), one?.take('ada')]);

  expect(await other?.allows('ada')).toBe(false);
});
