import { expect, test } from 'vitest';
import { pictureOf } from './picture.ts';
import { partOfFirst, type Seen } from './without.ts';

const seen: Seen = {
  people: 20_000,
  places: 500,
  refused: 0,
  asked: 700,
  p50Ms: 2_400,
  p99Ms: 4_300,
  firstServed: 0.91,
};

test('each figure stands beside the one without a room, the larger one as long as the picture', () => {
  const picture = pictureOf({ withRoom: seen, without: { ...seen, asked: 40_000, p50Ms: 1_200 } });

  expect(picture).toContain('20,000 people, 500 places');
  expect(picture).toContain('>91 %<');
  expect(picture).toContain('>40,000<');
  expect(picture).toMatch(/class="room"[^>]*width="380\.0"[^>]*\/>\n<text[^>]*>2\.4 s</);
  expect(picture).toMatch(/class="bare"[^>]*width="190\.0"[^>]*\/>\n<text[^>]*>1\.2 s</);
});

test('of the first as many as were served: the part that was', () => {
  expect(partOfFirst([true, true, false, false])).toBe(1);
  expect(partOfFirst([true, false, true, false])).toBe(0.5);
  expect(partOfFirst([false, false, true, true])).toBe(0);
  expect(partOfFirst([false, false])).toBeNaN();
});
