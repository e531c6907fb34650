import { isDeepStrictEqual } from 'node:util';
import { type OfferingDocument, type OfferingPicture, picturesOf } from '../offerings/offering.ts';
import { offeringPublished } from '../offerings/offering-facts.ts';
import type { OfferingStore } from '../offerings/offering-store.ts';
import { ownOffering } from '../offerings/own-offering.ts';
import type { FindSeller } from '../offerings/seller.ts';

/** Changes the list of an offering’s pictures; where it is published, that is told at once. */
export const changePictures =
  ({
    offerings,
    findSeller,
    published,
  }: {
    offerings: OfferingStore;
    findSeller: FindSeller;
    published: () => void;
  }) =>
  async (
    organiserId: string,
    offeringId: string,
    decide: (pictures: readonly OfferingPicture[]) => readonly OfferingPicture[],
  ): Promise<OfferingDocument> => {
    const seller = await findSeller(organiserId);
    const changed = await ownOffering(offerings, organiserId, offeringId, (current) => {
      const pictures = decide(picturesOf(current));
      if (isDeepStrictEqual(pictures, picturesOf(current))) return undefined;

      const next = { ...current, pictures, version: current.version + 1 };
      return {
        set: { pictures },
        ...(current.status === 'published' && { messages: [offeringPublished(next, seller)] }),
      };
    });
    published();
    return changed;
  };
export type ChangePictures = ReturnType<typeof changePictures>;
