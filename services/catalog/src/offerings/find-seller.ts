import { organiserNotFound } from '../organisers/change-organiser.ts';
import type { OrganiserStore } from '../organisers/organiser-store.ts';
import type { FindNewestTerms } from '../pages/find-newest-terms.ts';
import type { FindSeller } from './seller.ts';

export const findSeller =
  ({
    organisers,
    findNewestTerms,
  }: {
    organisers: OrganiserStore;
    findNewestTerms: FindNewestTerms;
  }): FindSeller =>
  async (organiserId) => {
    const [organiser, newestOf] = await Promise.all([
      organisers.find(organiserId),
      findNewestTerms([organiserId]),
    ]);
    if (!organiser) throw organiserNotFound();
    const { _id, name, contactEmail, currency } = organiser;
    return { _id, name, contactEmail, currency, newestTerms: newestOf(organiserId) };
  };
