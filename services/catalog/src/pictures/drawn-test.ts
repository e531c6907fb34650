import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** Pictures for tests, as somebody could send them. */
export const plain = (width = 1_200, height = 800, background = '#336699') =>
  sharp({ create: { width, height, channels: 3, background } });

/** Something in every pixel, and no two neighbours alike: the hardest picture to make small. */
export const noisy = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  });

/** Blue, with the top left quarter red. */
export const cornered = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const red = at % width < width / 2 && Math.floor(at / width) < height / 2;
    pixels[at * 3 + (red ? 0 : 2)] = 255;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

/** A PNG whose header says that it is of another size than it is. */
export function claiming(png: Buffer, width: number, height: number): Buffer {
  const forged = Buffer.from(png);
  forged.writeUInt32BE(width, 16);
  forged.writeUInt32BE(height, 20);
  forged.writeUInt32BE(crc32(forged.subarray(12, 29)), 29);
  return forged;
}
