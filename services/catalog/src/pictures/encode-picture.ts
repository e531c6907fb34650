import type { PictureVariant } from '@guichet/contracts/pictures';
import sharp from 'sharp';
import { type Decoded, within } from './decode-picture.ts';

const pixelsOf = ({ data, width, height }: Decoded) =>
  sharp(data, { raw: { width, height, channels: 3 } });

/**
 * The least effort: of a photograph all files take 0.8 s so, with one step more 2 s, and a visitor
 * would get a tenth to a third less.
 */
const avif = (quality: number) => ({ quality, effort: 0, chromaSubsampling: '4:2:0' });

export const encodeAvif = (picture: Decoded, width: number, quality: number): Promise<Buffer> =>
  pixelsOf(picture).resize(within(width)).avif(avif(quality)).toBuffer();

/** One file of a picture; those of AVIF have the quality that was found. */
export function encodeVariant(
  picture: Decoded,
  variant: PictureVariant,
  avifQuality: number,
): Promise<Buffer> {
  const [width, format] = variant.split('.') as [string, 'avif' | 'webp' | 'jpg'];
  const scaled = pixelsOf(picture).resize(within(Number(width)));
  switch (format) {
    case 'avif':
      return scaled.avif(avif(avifQuality)).toBuffer();
    case 'webp':
      return scaled.webp({ quality: 75 }).toBuffer();
    case 'jpg':
      return scaled.jpeg({ quality: 78, mozjpeg: true }).toBuffer();
  }
}

/** The colour that there is most of. It is looked for in a thumbnail: nobody sees the difference. */
export async function dominantColour(picture: Decoded): Promise<string> {
  const { data, info } = await pixelsOf(picture)
    .resize(within(96))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { dominant } = await pixelsOf({ data, ...info }).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}
