import { checkOffering } from './check-offering.ts';
import type { OfferingDocument } from './offering.ts';
import { offeringPublished } from './offering-facts.ts';
import type { OfferingStore } from './offering-store.ts';
import { ownOffering } from './own-offering.ts';
import type { FindSeller } from './seller.ts';

/** Publishing again what is published changes nothing and tells nobody. */
export const publishOffering =
  ({
    offerings,
    findSeller,
    published,
  }: {
    offerings: OfferingStore;
    findSeller: FindSeller;
    published: () => void;
  }) =>
  async (organiserId: string, id: string): Promise<OfferingDocument> => {
    const seller = await findSeller(organiserId);
    const offering = await ownOffering(offerings, organiserId, id, (current) => {
      if (current.status === 'published') return undefined;
      checkOffering(current, seller);
      const next = { ...current, status: 'published' as const, version: current.version + 1 };
      return { set: { status: next.status }, messages: [offeringPublished(next, seller)] };
    });
    published();
    return offering;
  };
