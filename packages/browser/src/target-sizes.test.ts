import { expect, test } from 'vitest';
import { type Target, tooSmall } from './target-sizes.ts';

const target = (left: number, top: number, size: number, more: Partial<Target> = {}): Target => ({
  html: `<button>${left}</button>`,
  left,
  top,
  width: size,
  height: size,
  inSentence: false,
  reachesOut: false,
  ...more,
});

test('24 pixels are enough, however close the next one is', () => {
  expect(tooSmall([target(0, 0, 24), target(24, 0, 24)])).toEqual([]);
});

test('fewer are enough with room around them', () => {
  expect(tooSmall([target(0, 0, 16), target(24, 0, 16)])).toEqual([]);
  expect(tooSmall([target(0, 0, 16), target(23, 0, 16)])).toHaveLength(2);
});

test('a small one needs its room from a large one too', () => {
  expect(tooSmall([target(0, 0, 10), target(17, 0, 40)])).toEqual([]);
  expect(tooSmall([target(0, 0, 10), target(16, 0, 40)])).toEqual([
    '10 x 10 px, and another target within 24 px: <button>0</button>',
  ]);
});

test('in a sentence, or with a reach beyond its box, it may be small', () => {
  const neighbour = target(17, 0, 40);

  expect(tooSmall([target(16, 0, 10, { inSentence: true }), neighbour])).toEqual([]);
  expect(tooSmall([target(16, 0, 10, { reachesOut: true }), neighbour])).toEqual([]);
});
