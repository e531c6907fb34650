import type { ChangePage } from '@guichet/contracts/pages';
import { VersionConflict } from '@guichet/mongo/versioned';
import { decideVersion, type PageDocument } from './page.ts';
import type { PageStore } from './page-store.ts';

/** More people than this do not write one page at one moment. */
const maxAttempts = 20;

/** Writes the next version of a page; the same text again changes nothing. */
export const changePage =
  ({ pages, now }: { pages: PageStore; now: () => number }) =>
  async (organiserId: string, slug: string, change: ChangePage): Promise<PageDocument> => {
    const { title, body } = change;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const newest = await pages.findNewest(organiserId, slug);
      const version = decideVersion(newest, change);
      if (newest?.version === version) return newest;

      const written = { organiserId, slug, version, title, body, changedAt: new Date(now()) };
      const page = await pages.insert(written);
      if (page) return page;
    }
    throw new VersionConflict(`the page ${slug} of ${organiserId} changes too often`);
  };
