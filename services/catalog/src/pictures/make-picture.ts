import { pictureVariants } from '@guichet/contracts/pictures';
import { Refusal } from '@guichet/contracts/refusal';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { type Decoded, decodePicture } from './decode-picture.ts';
import { dominantColour, encodeAvif, encodeVariant } from './encode-picture.ts';
import type { MadePicture, PictureRefusal } from './picture.ts';

/** What a visitor on a telephone waits for: `960.avif` is at most so long. */
const mostCoverBytes = 60_000;

/** Downwards until the picture fits; at the last even noise does (31 kB at two by three). */
const qualities = [60, 50, 40, 30] as const;
const lastQuality = 20;

/** Of those who wait for their turn, each holds up to 10 MiB, and the last waits for four turns. */
const mostWaiting = 3;

/** The best quality at which a telephone’s file is short enough, and that file. */
async function fitCover(picture: Decoded) {
  for (const quality of qualities) {
    const bytes = await encodeAvif(picture, 960, quality);
    if (bytes.length <= mostCoverBytes) return { quality, bytes };
  }
  return { quality: lastQuality, bytes: await encodeAvif(picture, 960, lastQuality) };
}

async function make(bytes: Buffer): Promise<MadePicture> {
  const picture = await decodePicture(bytes);
  const { quality, bytes: cover } = await fitCover(picture);
  const files: MadePicture['files'][number][] = [];
  for (const variant of pictureVariants) {
    files.push({
      variant,
      bytes: variant === '960.avif' ? cover : await encodeVariant(picture, variant, quality),
    });
  }
  const { width, height } = picture;
  return { width, height, colour: await dominantColour(picture), files };
}

/**
 * Makes every file of a picture once, when it comes: decoded, turned upright, scaled, without its
 * metadata (which names places and people). One at a time in a process, since a single picture
 * takes up to 450 MB for a second.
 */
export function createPictureMaker(): (bytes: Buffer) => Promise<MadePicture> {
  const turns = bulkhead(1, mostWaiting);
  return async (bytes) => {
    try {
      return await turns.execute(() => make(bytes));
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new Refusal<PictureRefusal>(
        'pictures_busy',
        'Several pictures are being worked on. Send this one again in a few seconds.',
        { headers: { 'retry-after': '5' } },
      );
    }
  };
}
