import { Refusal } from '@guichet/contracts/refusal';
import sharp from 'sharp';
import type { PictureRefusal } from './picture.ts';

/**
 * 25 megapixels: what a telephone or camera makes unless it is told to make more. Memory decides:
 * the costliest way to send as many, an AVIF, takes 450 MB while it is read (50 megapixels: 880);
 * an interlaced PNG of 16 bits takes 260, a JPEG 50 to 190.
 */
const mostPixels = 25_000_000;

/** Nobody sees more: a screen of 1,600 pixels, or half as many that are twice as fine. */
const widest = 1_600;

// What this process never decodes cannot be a way into it: SVG and PDF among others, which name
// further files, and the loaders with the most known faults.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
  ],
});
// Nothing is decoded twice, so what was decoded is not worth its memory.
sharp.cache(false);
// One thread a picture: a pod has less than two cores, and each thread takes memory of its own.
sharp.concurrency(1);

/** Pixels as they are: three channels of eight bits, sRGB, upright. */
export type Decoded = { readonly data: Buffer; readonly width: number; readonly height: number };

/** As wide as asked, never larger than it is, and of a tall picture no more than two by three. */
export const within = (width: number) =>
  ({ width, height: width * 1.5, fit: 'inside', withoutEnlargement: true }) as const;

/** A picture from bytes that anybody sent, at most as wide as anybody sees it. */
export async function decodePicture(bytes: Buffer): Promise<Decoded> {
  await checkPixels(bytes);
  const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    .autoOrient()
    .resize(within(widest))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(refuseUnreadable);
  return { data, width: info.width, height: info.height };
}

/** By the picture’s header, before a pixel is unpacked: a few kilobytes can say they are gigabytes. */
async function checkPixels(bytes: Buffer): Promise<void> {
  // Of nothing at all, sharp says so at once and not by a promise.
  if (bytes.length === 0) refuseUnreadable();
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(refuseUnreadable);
  if (width * height <= mostPixels) return;
  throw new Refusal<PictureRefusal>(
    'picture_too_large',
    `The picture is ${width} × ${height} pixels. Make it smaller: ${mostPixels / 1_000_000} million pixels at most.`,
  );
}

function refuseUnreadable(): never {
  throw new Refusal<PictureRefusal>(
    'picture_unreadable',
    'This cannot be read as a picture. Save it as JPEG, PNG, WebP or AVIF, and send it again.',
  );
}
