import { newId } from '@guichet/contracts/ids';
import type { CreateOffering } from '@guichet/contracts/offerings';
import { firstVersion } from '@guichet/mongo/versioned';
import { checkOffering } from './check-offering.ts';
import type { OfferingDocument } from './offering.ts';
import type { OfferingStore } from './offering-store.ts';
import type { FindSeller } from './seller.ts';
import { searchWords } from './words.ts';

export const createOffering =
  ({ offerings, findSeller }: { offerings: OfferingStore; findSeller: FindSeller }) =>
  async (organiserId: string, fields: CreateOffering): Promise<OfferingDocument> => {
    checkOffering(fields, await findSeller(organiserId));
    const offering: OfferingDocument = {
      _id: newId(),
      organiserId,
      status: 'draft',
      ...fields,
      ...searchWords(fields),
      ...firstVersion(),
    };
    await offerings.insert(offering);
    return offering;
  };
