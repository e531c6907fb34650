import { randomUUID } from 'node:crypto';
import type { PictureView } from '@guichet/contracts/offerings';
import { Refusal } from '@guichet/contracts/refusal';
import { picturesOf, pictureView } from '../offerings/offering.ts';
import type { OfferingStore } from '../offerings/offering-store.ts';
import { offeringNotFound } from '../offerings/own-offering.ts';
import type { ChangePictures } from './change-pictures.ts';
import { checkRoom, decideAdded, type MadePicture } from './picture.ts';
import type { PictureStore } from './picture-store.ts';

/**
 * A picture’s id is chance (122 bits) and not time, because it alone keeps a draft’s picture from
 * strangers: so its files may lie in everybody’s cache, and an `<img>` needs no token.
 */
const newPictureId = (): string => randomUUID();

/** Files first, so that no offering ever names a picture that is not there. */
export const addPicture =
  ({
    offerings,
    pictures,
    changePictures,
    makePicture,
  }: {
    offerings: OfferingStore;
    pictures: PictureStore;
    changePictures: ChangePictures;
    makePicture: (bytes: Buffer) => Promise<MadePicture>;
  }) =>
  async (organiserId: string, offeringId: string, bytes: Buffer): Promise<PictureView> => {
    const offering = await offerings.find(offeringId);
    if (offering?.organiserId !== organiserId) throw offeringNotFound();
    checkRoom(picturesOf(offering));

    const { files, ...looks } = await makePicture(bytes);
    const picture = { id: newPictureId(), ...looks };
    await pictures.insert(picture.id, { organiserId, offeringId }, files);
    try {
      await changePictures(organiserId, offeringId, (before) => decideAdded(before, picture));
    } catch (error) {
      // After any other error the offering may name it, answer or no answer.
      if (error instanceof Refusal) await pictures.remove(picture.id);
      throw error;
    }
    return pictureView(offering, picture);
  };
