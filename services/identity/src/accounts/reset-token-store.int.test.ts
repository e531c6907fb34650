import { expect } from 'vitest';
import { test } from '../../test/identity-test.ts';
import { seedAccount } from '../../test/seed.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { resetTokenStore } from './reset-token-store.ts';

test('one of eight at once uses a token, and its siblings go with it', async ({ pool }) => {
  const { id: accountId } = await seedAccount(pool);
  const [tokenHash, sibling] = [hashOfSecret(newSecret()), hashOfSecret(newSecret())];
  const store = resetTokenStore(pool);
  await store.keep({ tokenHash, accountId, lifetimeMs: 60_000 });
  await store.keep({ tokenHash: sibling, accountId, lifetimeMs: 60_000 });

  const uses = await Promise.all(Array.from({ length: 8 }, () => store.use(tokenHash)));

  expect(uses.filter(Boolean)).toEqual([accountId]);
  expect(await store.isValid(sibling)).toBe(false);
});

test('an expired token is worth nothing', async ({ pool }) => {
  const { id: accountId } = await seedAccount(pool);
  const tokenHash = hashOfSecret(newSecret());
  const store = resetTokenStore(pool);
  await store.keep({ tokenHash, accountId, lifetimeMs: 0 });

  expect(await store.isValid(tokenHash)).toBe(false);
  expect(await store.use(tokenHash)).toBeUndefined();
});

test('another account keeps its token', async ({ pool }) => {
  const [one, other] = [await seedAccount(pool), await seedAccount(pool)];
  const [mine, theirs] = [hashOfSecret(newSecret()), hashOfSecret(newSecret())];
  const store = resetTokenStore(pool);
  await store.keep({ tokenHash: mine, accountId: one.id, lifetimeMs: 60_000 });
  await store.keep({ tokenHash: theirs, accountId: other.id, lifetimeMs: 60_000 });

  await store.use(mine);

  expect(await store.isValid(theirs)).toBe(true);
});
