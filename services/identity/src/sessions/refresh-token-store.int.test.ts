import { randomBytes } from 'node:crypto';
import type { Pool } from '@guichet/postgres/pool';
import { describe, expect, vi } from 'vitest';
import { test } from '../../test/identity-test.ts';
import { seedSession } from '../../test/seed.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { refreshTokenStore } from './refresh-token-store.ts';
import { sessionStore } from './session-store.ts';

const anySuccessor = () => ({ salt: randomBytes(32), hash: hashOfSecret(newSecret()) });
const rotate = (pool: Pool, token: string) =>
  refreshTokenStore(pool).rotate(hashOfSecret(token), anySuccessor());

describe('rotating', () => {
  test('one of eight at once gets to rotate', async ({ pool }) => {
    const { refreshToken, id } = await seedSession(pool);

    const rotations = await Promise.all(
      Array.from({ length: 8 }, () => rotate(pool, refreshToken)),
    );

    expect(rotations.filter(Boolean)).toEqual([expect.objectContaining({ id })]);
    const { rowCount } = await pool.query('select from refresh_tokens where used_at is null');
    expect(rowCount).toBe(1);
  });

  test('negative control: looking first and using later forks the family', async ({ pool }) => {
    const { refreshToken, id } = await seedSession(pool);
    const hash = hashOfSecret(refreshToken);
    const look = () =>
      pool.query('select from refresh_tokens where token_hash = $1 and used_at is null', [hash]);
    const found = await Promise.all(Array.from({ length: 8 }, look));
    const rotateUnguarded = async ({ rowCount }: { rowCount: number | null }) => {
      if (rowCount === 0) return;
      const next = anySuccessor();
      await pool.query(
        `update refresh_tokens set used_at = now(), successor_salt = $2, successor_hash = $3
          where token_hash = $1`,
        [hash, next.salt, next.hash],
      );
      await pool.query('insert into refresh_tokens (token_hash, session_id) values ($1, $2)', [
        next.hash,
        id,
      ]);
    };

    await Promise.all(found.map(rotateUnguarded));

    const { rowCount } = await pool.query('select from refresh_tokens where used_at is null');
    expect(rowCount).toBeGreaterThan(1);
  });

  test('a session that ends while its token waits for the row is not continued', async ({
    pool,
  }) => {
    const { refreshToken, id } = await seedSession(pool);
    const ending = await pool.connect();
    await ending.query('begin');
    await sessionStore(ending).end(id, 'signed_out');

    const rotation = rotate(pool, refreshToken);
    await vi.waitFor(async () => {
      const { rowCount } = await pool.query(
        `select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(1);
    }, 20_000);
    await ending.query('commit');
    ending.release();

    expect(await rotation).toBeUndefined();
  });

  test('neither an expired session goes on, nor an idle one', async ({ pool }) => {
    const expired = await seedSession(pool, { sessionMs: 0 });
    const idle = await seedSession(pool, { idleMs: 0 });

    expect(await rotate(pool, expired.refreshToken)).toBeUndefined();
    expect(await rotate(pool, idle.refreshToken)).toBeUndefined();
  });

  test('a token that nobody issued is nothing', async ({ pool }) => {
    expect(await rotate(pool, newSecret())).toBeUndefined();
    expect(await refreshTokenStore(pool).findSession(hashOfSecret(newSecret()))).toBeUndefined();
  });
});

describe('the grace', () => {
  test('gives the salt of a token used just now', async ({ pool }) => {
    const { refreshToken, id } = await seedSession(pool);
    const successor = anySuccessor();
    await refreshTokenStore(pool).rotate(hashOfSecret(refreshToken), successor);

    const found = await refreshTokenStore(pool).findUsedJustNow(hashOfSecret(refreshToken), 10_000);

    expect(found).toMatchObject({ session: { id }, salt: successor.salt });
  });

  test('is over when it is over, or when the successor was used', async ({ pool }) => {
    const { refreshToken } = await seedSession(pool);
    const successor = newSecret();
    const tokens = refreshTokenStore(pool);
    await tokens.rotate(hashOfSecret(refreshToken), {
      salt: randomBytes(32),
      hash: hashOfSecret(successor),
    });
    expect(await tokens.findUsedJustNow(hashOfSecret(refreshToken), 0)).toBeUndefined();

    await rotate(pool, successor);

    expect(await tokens.findUsedJustNow(hashOfSecret(refreshToken), 10_000)).toBeUndefined();
  });
});
