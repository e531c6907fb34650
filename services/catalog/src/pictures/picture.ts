import { mostPictures } from '@guichet/contracts/offerings';
import type { ChangePicture, PictureVariant } from '@guichet/contracts/pictures';
import { Refusal } from '@guichet/contracts/refusal';
import type { OfferingPicture } from '../offerings/offering.ts';

export type PictureRefusal =
  | 'picture_not_found'
  | 'picture_unreadable'
  | 'picture_too_large'
  | 'too_many_pictures'
  | 'pictures_busy';

/** One file of a picture, and whose it is: what outlives its offering’s word of it is found by that. */
export type PictureFile = {
  _id: string;
  organiserId: string;
  offeringId: string;
  bytes: Buffer;
};

/** What is made of the bytes that came. */
export type MadePicture = Pick<OfferingPicture, 'width' | 'height' | 'colour'> & {
  readonly files: readonly { readonly variant: PictureVariant; readonly bytes: Buffer }[];
};

type Pictures = readonly OfferingPicture[];

export function decideAdded(pictures: Pictures, picture: OfferingPicture): Pictures {
  checkRoom(pictures);
  return [...pictures, picture];
}

export function checkRoom(pictures: Pictures): void {
  if (pictures.length < mostPictures) return;
  throw new Refusal<PictureRefusal>(
    'too_many_pictures',
    `An offering has at most ${mostPictures} pictures. Remove one first.`,
  );
}

/** A position past the end is the end. */
export function decideChanged(
  pictures: Pictures,
  id: string,
  { alt, position }: ChangePicture,
): Pictures {
  const from = pictures.findIndex((picture) => picture.id === id);
  const current = pictures[from];
  if (!current) throw pictureNotFound();
  const others = pictures.filter((picture) => picture !== current);
  return others.toSpliced(position ?? from, 0, { ...current, ...(alt && { alt }) });
}

export const decideRemoved = (pictures: Pictures, id: string): Pictures =>
  pictures.filter((picture) => picture.id !== id);

export const pictureNotFound = () =>
  new Refusal<PictureRefusal>('picture_not_found', 'There is no such picture.');
