import { expect, test } from 'vitest';
import { chooseOfTwo } from './choose.ts';

test('there is nothing to choose of nothing, and no choice of one', () => {
  expect(chooseOfTwo([])).toBeUndefined();
  expect(chooseOfTwo([{ inFlight: 9 }])).toEqual({ inFlight: 9 });
});

test('the busiest of many is never chosen, since it loses against any other', () => {
  const endpoints = [{ inFlight: 0 }, { inFlight: 1 }, { inFlight: 50 }];

  const chosen = Array.from({ length: 500 }, () => chooseOfTwo(endpoints));

  expect(new Set(chosen)).toEqual(new Set([endpoints[0], endpoints[1]]));
});
