import { expect, test } from 'vitest';
import { hashOfSecret, newSecret, successorOf } from './secret.ts';

test('a secret is 256 bits, and never the same', () => {
  const secrets = Array.from({ length: 1_000 }, newSecret);

  expect(new Set(secrets).size).toBe(1_000);
  expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32);
});

test('a successor needs both the secret and the salt', () => {
  const salt = Buffer.alloc(32, 1);
  const successor = successorOf('secret', salt);

  expect(successorOf('secret', salt)).toBe(successor);
  expect(successorOf('other', salt)).not.toBe(successor);
  expect(successorOf('secret', Buffer.alloc(32, 2))).not.toBe(successor);
  expect(hashOfSecret(successor)).not.toEqual(hashOfSecret('secret'));
});
