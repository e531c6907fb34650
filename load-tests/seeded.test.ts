import { expect, test } from 'vitest';
import { seeded } from './seeded.ts';

const drawn = (seed: number) => {
  const { between, oneOf, chance, shuffled, branch } = seeded(seed);
  return [
    between(1, 1e6),
    oneOf(['a', 'b', 'c']),
    chance(50),
    shuffled([1, 2, 3, 4]),
    branch().between(1, 1e6),
  ];
};

test('a seed draws the same again, another one something else', () => {
  expect(drawn(17)).toEqual(drawn(17));
  expect(drawn(17)).not.toEqual(drawn(18));
});

test('an order of chance has everything once', () => {
  expect(seeded(17).shuffled([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5]);
});
