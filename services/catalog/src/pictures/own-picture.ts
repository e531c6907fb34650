import type { PictureFile } from './picture.ts';
import { pictureNotFound } from './picture.ts';
import type { PictureStore } from './picture-store.ts';

/** The offering of an organiser’s own picture; another’s is answered as if it did not exist. */
export async function offeringOfOwnPicture(
  pictures: PictureStore,
  organiserId: string,
  id: string,
): Promise<PictureFile['offeringId']> {
  const owner = await pictures.findOwner(id);
  if (owner?.organiserId !== organiserId) throw pictureNotFound();
  return owner.offeringId;
}
