import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readDemo } from '../demo-files.ts';
import { mixed } from './colours.ts';
import { drawCover } from './draw.ts';
import { canvas } from './svg.ts';

const folder = fileURLToPath(new URL('../../../../../demo', import.meta.url));
const covers = (await readDemo(folder)).flatMap(({ name, offerings }) =>
  offerings.map((offering) => [name, offering.name] as const),
);

test.each(covers)('%s/%s has a cover, in whatever colour', async (organiser, offering) => {
  const [first, again, other] = await Promise.all(
    ['#9f1d35', '#9f1d35', '#0b6e8f'].map((accent) => drawCover(organiser, offering, accent)),
  );
  const { format, width, height } = await sharp(first).metadata();
  const { entropy } = await sharp(first).stats();

  expect({ format, width, height }).toEqual({ format: 'png', ...canvas });
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  // A sheet of one colour has none, and a gradient alone less than two.
  expect(entropy).toBeGreaterThan(2);
});

test('an offering without a drawing is named', async () => {
  await expect(drawCover('theatre', 'hamlet', '#9f1d35')).rejects.toThrow('theatre/hamlet');
});

test('colours are mixed by their channels', () => {
  expect(mixed('#000000', '#ffffff', 0.5)).toBe('#808080');
  expect(mixed('#9f1d35', '#ffffff', 0)).toBe('#9f1d35');
  expect(mixed('#9f1d35', '#0b6e8f', 1)).toBe('#0b6e8f');
});
