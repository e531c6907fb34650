import { hash } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { createPasswords } from './passwords.ts';

const passwords = await createPasswords({ concurrency: 2, queue: 100 });

test('a hash is Argon2id at 19 MiB, two passes, one lane', async () => {
  const made = await passwords.hash('three boats leave at noon');

  expect(made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(passwords.isOutdated(made)).toBe(false);
  expect(await passwords.verify(made, 'three boats leave at noon')).toBe(true);
  expect(await passwords.verify(made, 'three boats leave at one')).toBe(false);
});

test('no character is cut off: the 100th counts', async () => {
  const made = await passwords.hash(`${'long '.repeat(20)}a`);

  expect(await passwords.verify(made, `${'long '.repeat(20)}b`)).toBe(false);
});

test('an accent typed in two ways is one password', async () => {
  const made = await passwords.hash('trois bateaux \u00e0 l\u2019aube');

  expect(await passwords.verify(made, 'trois bateaux a\u0300 l\u2019aube')).toBe(true);
});

test('nobody has no password', async () => {
  expect(await passwords.verify(null, '')).toBe(false);
  expect(await passwords.verify(undefined, 'three boats leave at noon')).toBe(false);
});

test('nobody’s password takes as long to look at as anybody’s', async () => {
  const made = await passwords.hash('three boats leave at noon');
  const timeOf = async (passwordHash: string | null) => {
    const began = performance.now();
    await passwords.verify(passwordHash, 'three boats leave at one');
    return performance.now() - began;
  };

  /** The quickest in turns: the longer one looks, the less of it is the machine's other work. */
  const quickest = { nobodys: Number.POSITIVE_INFINITY, anybodys: Number.POSITIVE_INFINITY };
  await vi.waitFor(async () => {
    for (let n = 0; n < 5; n += 1) {
      quickest.nobodys = Math.min(quickest.nobodys, await timeOf(null));
      quickest.anybodys = Math.min(quickest.anybodys, await timeOf(made));
    }
    expect(quickest.nobodys).toBeGreaterThan(quickest.anybodys / 2);
  }, 20_000);
});

test('a hash of another policy is outdated', async () => {
  expect(passwords.isOutdated(await hash('a', { memoryCost: 8_192 }))).toBe(true);
  expect(passwords.isOutdated(await hash('a', { timeCost: 3 }))).toBe(true);
});

test('more than fit are refused, and those that fit are done', async () => {
  const narrow = await createPasswords({ concurrency: 1, queue: 2 });

  const hashes = await Promise.allSettled(Array.from({ length: 5 }, () => narrow.hash('a')));

  const refused = hashes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ reason: { code: 'too_busy' } });
});
