import type { OfferingView } from '@guichet/contracts/offerings';
import type { FindNewestTerms } from '../pages/find-newest-terms.ts';
import { type OfferingDocument, offeringView } from './offering.ts';

/** Offerings as everybody sees them; one without terms of its own shows its organiser’s newest. */
export function showOfferings({ findNewestTerms }: { findNewestTerms: FindNewestTerms }) {
  async function newestFor(offerings: readonly OfferingDocument[]) {
    const following = offerings.filter(({ termsVersion }) => termsVersion === null);
    return findNewestTerms(following.map(({ organiserId }) => organiserId));
  }

  return {
    async show(offering: OfferingDocument): Promise<OfferingView> {
      const newestOf = await newestFor([offering]);
      return offeringView(offering, newestOf(offering.organiserId));
    },
    async showAll(offerings: readonly OfferingDocument[]): Promise<OfferingView[]> {
      const newestOf = await newestFor(offerings);
      return offerings.map((offering) => offeringView(offering, newestOf(offering.organiserId)));
    },
  };
}
export type ShowOfferings = ReturnType<typeof showOfferings>;
