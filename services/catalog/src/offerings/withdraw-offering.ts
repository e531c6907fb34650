import { Refusal } from '@guichet/contracts/refusal';
import type { OfferingDocument, OfferingRefusal } from './offering.ts';
import { offeringWithdrawn } from './offering-facts.ts';
import type { OfferingStore } from './offering-store.ts';
import { ownOffering } from './own-offering.ts';

/** From the moment that reservation hears of it, its quotes are refused. */
export const withdrawOffering =
  ({ offerings, published }: { offerings: OfferingStore; published: () => void }) =>
  async (organiserId: string, id: string): Promise<OfferingDocument> => {
    const offering = await ownOffering(offerings, organiserId, id, (current) => {
      if (current.status === 'withdrawn') return undefined;
      if (current.status === 'draft') {
        throw new Refusal<OfferingRefusal>(
          'offering_not_published',
          'Only what is published can be withdrawn.',
        );
      }
      const next = { ...current, status: 'withdrawn' as const, version: current.version + 1 };
      return { set: { status: next.status }, messages: [offeringWithdrawn(next)] };
    });
    published();
    return offering;
  };
