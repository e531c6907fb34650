import type { ChangePictures } from './change-pictures.ts';
import { offeringOfOwnPicture } from './own-picture.ts';
import { decideRemoved } from './picture.ts';
import type { PictureStore } from './picture-store.ts';

/** The offering forgets it first; what broke off in between is made good by asking again. */
export const removePicture =
  ({ pictures, changePictures }: { pictures: PictureStore; changePictures: ChangePictures }) =>
  async (organiserId: string, id: string): Promise<void> => {
    const offeringId = await offeringOfOwnPicture(pictures, organiserId, id);
    await changePictures(organiserId, offeringId, (before) => decideRemoved(before, id));
    await pictures.remove(id);
  };
