import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { passModules, quietModules } from './qr.ts';

/** Its types speak of another form of its module than Node loads. */
const scan = jsqr as unknown as typeof jsqr.default;

test('the modules of a pass are read back by a scanner', () => {
  const pass = 'A'.padEnd(152, '0123456789ABCDEF $%*+-./:');
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
