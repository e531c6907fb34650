import { expect, test } from 'vitest';
import { readChoices } from './choices.ts';

test('without choices it takes three minutes and a seed of chance', () => {
  expect(readChoices({ MINUTES: '', SEED: '' })).toMatchObject({ minutes: 3 });
  expect(readChoices({}).seed).not.toBe(readChoices({}).seed);
});

test('takes the seed that is to be replayed, and refuses what is none', () => {
  expect(readChoices({ SEED: '17', MINUTES: '30' })).toMatchObject({ seed: 17, minutes: 30 });
  expect(() => readChoices({ SEED: 'seventeen' })).toThrow(/SEED/);
});
