import type { PictureView } from '@guichet/contracts/offerings';
import type { ChangePicture } from '@guichet/contracts/pictures';
import { picturesOf, pictureView } from '../offerings/offering.ts';
import type { ChangePictures } from './change-pictures.ts';
import { offeringOfOwnPicture } from './own-picture.ts';
import { decideChanged, pictureNotFound } from './picture.ts';
import type { PictureStore } from './picture-store.ts';

/** Says what is in a picture, or moves it among those of its offering. */
export const changePicture =
  ({ pictures, changePictures }: { pictures: PictureStore; changePictures: ChangePictures }) =>
  async (organiserId: string, id: string, change: ChangePicture): Promise<PictureView> => {
    const offeringId = await offeringOfOwnPicture(pictures, organiserId, id);
    const offering = await changePictures(organiserId, offeringId, (before) =>
      decideChanged(before, id, change),
    );
    const picture = picturesOf(offering).find((one) => one.id === id);
    if (!picture) throw pictureNotFound();
    return pictureView(offering, picture);
  };
