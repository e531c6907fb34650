import { Refusal } from '@guichet/contracts/refusal';
import type { Change } from '@guichet/mongo/versioned';
import type { OfferingDocument, OfferingRefusal } from './offering.ts';
import type { OfferingStore } from './offering-store.ts';

/** Changes an organiser's own offering; another's is answered as if it did not exist. */
export async function ownOffering(
  offerings: OfferingStore,
  organiserId: string,
  id: string,
  decide: (current: OfferingDocument) => Change<OfferingDocument> | undefined,
): Promise<OfferingDocument> {
  const changed = await offerings.change(id, (current) => {
    if (current.organiserId !== organiserId) throw offeringNotFound();
    return decide(current);
  });
  if (!changed) throw offeringNotFound();
  return changed;
}

export const offeringNotFound = () =>
  new Refusal<OfferingRefusal>('offering_not_found', 'There is no such offering.');
