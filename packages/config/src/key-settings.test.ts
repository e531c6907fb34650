import { expect, test } from 'vitest';
import { sealingKeyBytes, versionedKeys } from './key-settings.ts';

const key = Buffer.alloc(32, 1).toString('base64');

test('keys are kept by version in the order that they came, so that the last one signs', () => {
  expect([...versionedKeys.parse(`2:${key}, 1:${key}`).entries()]).toEqual([
    [2, Buffer.alloc(32, 1)],
    [1, Buffer.alloc(32, 1)],
  ]);
});

test.each([key, '1:c2hvcnQ=', `256:${key}`, `1:${key},`, ''])('%j is no list of keys', (text) => {
  expect(versionedKeys.safeParse(text).success).toBe(false);
});

test('a sealing key has 32 bytes', () => {
  expect(sealingKeyBytes.parse(key)).toEqual(Buffer.alloc(32, 1));
  expect(sealingKeyBytes.safeParse('c2hvcnQ=').success).toBe(false);
});
