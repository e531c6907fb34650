import jsqr from 'jsqr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { passModules, passPng, quietModules } from './qr.ts';

/** Its types speak of another form of its module than Node loads. */
const scan = jsqr as unknown as typeof jsqr.default;

const pass = 'A'.padEnd(152, '0123456789ABCDEF $%*+-./:');

test('the modules of a pass are read back by a scanner', () => {
  const modules = passModules(pass);
  const scale = 4;
  const side = (modules.length + 2 * quietModules) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [y, x].map((at) => Math.floor(at / scale) - quietModules);
      const isDark = modules[row ?? -1]?.[column ?? -1] ?? false;
      if (isDark) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }

  expect(scan(pixels, side, side)?.data).toBe(pass);
});

test('the picture of a pass is one that others open, with a margin, and is read back', async () => {
  const { data, info } = await sharp(passPng(pass))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const side = (passModules(pass).length + 2 * quietModules) * 6;

  expect(info).toMatchObject({ width: side, height: side, channels: 4 });
  expect(scan(new Uint8ClampedArray(data), side, side)?.data).toBe(pass);
  const isWhite = (x: number, y: number) => data[(y * side + x) * 4] === 255;
  const inside = quietModules * 6;
  expect([isWhite(inside - 1, inside), isWhite(inside, inside - 1)]).toEqual([true, true]);
  expect([isWhite(inside, inside), isWhite(side - 1, side - 1)]).toEqual([false, true]);
});

test('the same pass is the same bytes', () => {
  expect(passPng(pass)).toEqual(passPng(pass));
});
