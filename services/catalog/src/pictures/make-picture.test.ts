import { pictureVariants } from '@guichet/contracts/pictures';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { claiming, cornered, noisy, plain } from './drawn-test.ts';
import { createPictureMaker } from './make-picture.ts';

const makePicture = createPictureMaker();
const codeOf = (bytes: Buffer) =>
  makePicture(bytes).then(
    () => 'made',
    (error: { code?: string }) => error.code,
  );
/** The channels of a colour, or of one pixel. */
const channelsOf = (colour: string) => [...Buffer.from(colour.slice(1), 'hex')];
const pixelAt = async (bytes: Buffer, left: number, top: number) => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

describe('every file', () => {
  test('has its width and format', async () => {
    const { files, width, height } = await makePicture(await plain(2_400, 1_600).png().toBuffer());
    const sizes = await Promise.all(
      files.map(async ({ variant, bytes }) => {
        const made = await sharp(bytes).metadata();
        return [variant, made.format, made.width, made.height];
      }),
    );

    expect(files.map(({ variant }) => variant)).toEqual([...pictureVariants]);
    expect([width, height]).toEqual([1_600, 1_067]);
    expect(sizes).toEqual([
      ['480.avif', 'heif', 480, 320],
      ['960.avif', 'heif', 960, 640],
      ['1600.avif', 'heif', 1_600, 1_067],
      ['960.webp', 'webp', 960, 640],
      ['1200.jpg', 'jpeg', 1_200, 800],
    ]);
  });

  test('is never larger than what came, nor taller than two by three', async () => {
    const small = await makePicture(await plain(300, 200).jpeg().toBuffer());
    const tall = await makePicture(await plain(1_000, 9_000).jpeg().toBuffer());
    const largest = await sharp(small.files[2]?.bytes).metadata();

    expect([small.width, small.height]).toEqual([300, 200]);
    expect([largest.width, largest.height]).toEqual([300, 200]);
    expect([tall.width, tall.height]).toEqual([267, 2_400]);
  });

  test('says nothing of where, when and by whom it was taken', async () => {
    const secret = 'Camille’s telephone';
    const bytes = await plain()
      .withExif({
        IFD0: { Artist: secret, Model: secret },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 52/1 3/1' },
      })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
      .jpeg()
      .toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    expect(bytes.includes('adobe:ns:meta')).toBe(true);

    for (const { bytes: file } of (await makePicture(bytes)).files) {
      const { exif, xmp, iptc, icc } = await sharp(file).metadata();
      expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined]);
      expect(file.includes('telephone')).toBe(false);
    }
  });
});

test.each([
  [1, 'top left', 480, 320, 0],
  [2, 'top right', 480, 320, 1],
  [3, 'bottom right', 480, 320, 3],
  [4, 'bottom left', 480, 320, 2],
  [5, 'top left', 320, 480, 0],
  [6, 'top right', 320, 480, 1],
  [7, 'bottom right', 320, 480, 3],
  [8, 'bottom left', 320, 480, 2],
])(
  'orientation %i is honoured: what was top left is %s',
  async (orientation, _, width, height, corner) => {
    const bytes = await cornered(480, 320).withMetadata({ orientation }).jpeg().toBuffer();
    const made = await makePicture(bytes);
    const jpeg = made.files.find(({ variant }) => variant === '1200.jpg')?.bytes as Buffer;
    const corners = await Promise.all(
      [0, 1, 2, 3].map((nth) =>
        pixelAt(jpeg, nth % 2 ? width - 20 : 20, nth > 1 ? height - 20 : 20),
      ),
    );

    expect([made.width, made.height]).toEqual([width, height]);
    expect(corners.findIndex(([red = 0]) => red > 200)).toBe(corner);
    expect(corners.filter(([red = 0]) => red > 200)).toHaveLength(1);
  },
);

test.each([
  ['gray', () => plain(200, 100, '#777777').toColourspace('b-w').jpeg(), '#777777'],
  ['of sixteen bits', () => plain(200, 100).toColourspace('rgb16').png(), '#336699'],
  ['with a palette', () => plain(200, 100).png({ palette: true }), '#336699'],
  ['for a printer', () => plain(200, 100).toColourspace('cmyk').jpeg(), '#336699'],
  ['transparent', () => plain(200, 100).ensureAlpha(0).png(), '#ffffff'],
  ['in WebP', () => plain(200, 100).webp(), '#336699'],
  ['in AVIF', () => plain(200, 100).avif({ effort: 0 }), '#336699'],
])('a picture %s keeps its colour', async (_, draw, colour) => {
  const made = await makePicture(await draw().toBuffer());
  const jpeg = made.files.find(({ variant }) => variant === '1200.jpg')?.bytes as Buffer;
  const pixel = await pixelAt(jpeg, 50, 50);

  expect(made.colour).toMatch(/^#[0-9a-f]{6}$/);
  for (const [nth, channel] of channelsOf(colour).entries()) {
    // Sixteen shades are told apart a channel, and a printer’s colours are others.
    expect(Math.abs((channelsOf(made.colour)[nth] ?? 0) - channel)).toBeLessThanOrEqual(24);
    expect(Math.abs((pixel[nth] ?? 0) - channel)).toBeLessThanOrEqual(24);
  }
});

test('a cover is short enough for a telephone, whatever is in it', async () => {
  const { files } = await makePicture(await noisy(960, 1_440).png().toBuffer());
  const sizes = Object.fromEntries(files.map(({ variant, bytes }) => [variant, bytes.length]));

  expect(sizes['960.avif']).toBeLessThanOrEqual(60_000);
  expect(sizes['480.avif']).toBeLessThan(sizes['960.avif'] ?? 0);
});

describe('what is no picture is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';

  test.each([
    ['words', Buffer.from('A picture of a boat.')],
    ['nothing', Buffer.alloc(0)],
    ['a drawing that may name other files', Buffer.from(svg)],
    ['a PDF', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')],
  ])('%s', async (_, bytes) => {
    expect(await codeOf(bytes)).toBe('picture_unreadable');
  });

  test('a GIF, a TIFF, and a JPEG that broke off', async () => {
    const jpeg = await noisy(400, 300).jpeg().toBuffer();

    expect(await codeOf(await plain(9, 9).gif().toBuffer())).toBe('picture_unreadable');
    expect(await codeOf(await plain(9, 9).tiff().toBuffer())).toBe('picture_unreadable');
    expect(await codeOf(jpeg.subarray(0, jpeg.length / 2))).toBe('picture_unreadable');
  });

  test('more pixels than there is memory for, by its header alone', async () => {
    const png = await plain(8, 8).png().toBuffer();

    expect(await codeOf(await plain(5_001, 5_000).png().toBuffer())).toBe('picture_too_large');
    expect(await codeOf(claiming(png, 60_000, 60_000))).toBe('picture_too_large');
    // It says less than it holds, so it is what it says, or nothing.
    expect(await codeOf(claiming(png, 4_000, 4_000))).toBe('picture_unreadable');
  });
});

test('pictures are made one at a time, and who would wait too long is told so', async () => {
  const bytes = await plain(300, 200).png().toBuffer();
  const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(bytes)));

  expect(codes.sort()).toEqual(['made', 'made', 'made', 'made', 'pictures_busy', 'pictures_busy']);
});
