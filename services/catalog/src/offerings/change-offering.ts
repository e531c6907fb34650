import { isDeepStrictEqual } from 'node:util';
import type { ChangeOffering } from '@guichet/contracts/offerings';
import { checkOffering } from './check-offering.ts';
import { type OfferingDocument, offeringFields } from './offering.ts';
import { offeringPublished } from './offering-facts.ts';
import type { OfferingStore } from './offering-store.ts';
import { ownOffering } from './own-offering.ts';
import type { FindSeller } from './seller.ts';
import { searchWords } from './words.ts';

/** A change of what is published is told at once; quotes given before keep their price. */
export const changeOffering =
  ({
    offerings,
    findSeller,
    published,
  }: {
    offerings: OfferingStore;
    findSeller: FindSeller;
    published: () => void;
  }) =>
  async (organiserId: string, id: string, changes: ChangeOffering): Promise<OfferingDocument> => {
    const seller = await findSeller(organiserId);
    const changed = await ownOffering(offerings, organiserId, id, (current) => {
      const fields = { ...offeringFields(current), ...changes };
      if (isDeepStrictEqual(fields, offeringFields(current))) return undefined;

      checkOffering(fields, seller);
      const set = { ...fields, ...searchWords(fields) };
      const next = { ...current, ...set, version: current.version + 1 };
      return {
        set,
        ...(current.status === 'published' && { messages: [offeringPublished(next, seller)] }),
      };
    });
    published();
    return changed;
  };
