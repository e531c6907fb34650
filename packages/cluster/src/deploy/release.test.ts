import { expect, test } from 'vitest';
import { readDeployOptions } from './release.ts';

test('deploys what `make images` builds, with its servers, when told nothing', () => {
  expect(readDeployOptions({})).toEqual({
    tag: 'dev',
    backing: true,
    observe: false,
    drill: false,
    timeoutMs: 600_000,
  });
});

test('reads the tag, whether the servers are somebody else’s, and whether to observe', () => {
  const env = { TAG: '1.2.0', BACKING: 'no', OBSERVE: 'yes', DRILL: 'yes', WAIT_SECONDS: '30' };
  expect(readDeployOptions(env)).toEqual({
    tag: '1.2.0',
    backing: false,
    observe: true,
    drill: true,
    timeoutMs: 30_000,
  });
});

test.each([
  [{ TAG: 'a b' }, 'TAG=a b is no tag'],
  [{ BACKING: 'maybe' }, 'BACKING=maybe is not understood'],
  [{ OBSERVE: '1' }, 'OBSERVE=1 is not understood'],
  [{ DRILL: '1' }, 'DRILL=1 is not understood'],
  [{ WAIT_SECONDS: 'long' }, 'WAIT_SECONDS=long is no time'],
])('says what is wrong with %o', (env, sentence) => {
  expect(() => readDeployOptions(env)).toThrow(sentence);
});
