import { termsSlug } from '@guichet/contracts/pages';
import { noTerms } from './page.ts';
import type { PageStore } from './page-store.ts';

/** The newest terms of these organisers, as a quote names them. */
export type FindNewestTerms = (
  organiserIds: readonly string[],
) => Promise<(organiserId: string) => string>;

export const findNewestTerms =
  ({ pages }: { pages: PageStore }): FindNewestTerms =>
  async (organiserIds) => {
    const versions = await pages.newestVersions(organiserIds, termsSlug);
    return (organiserId) => String(versions.get(organiserId) ?? noTerms);
  };
