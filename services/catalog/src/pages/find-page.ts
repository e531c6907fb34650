import { type PageDocument, pageNotFound, pageVersionNotFound } from './page.ts';
import type { PageStore } from './page-store.ts';

/** A page in the version asked for, else in its newest. */
export const findPage =
  ({ pages }: { pages: PageStore }) =>
  async (organiserId: string, slug: string, version?: number): Promise<PageDocument> => {
    const newest = await pages.findNewest(organiserId, slug);
    if (!newest) throw pageNotFound();
    if (version === undefined || version === newest.version) return newest;

    const older = await pages.find(organiserId, slug, version);
    if (!older) throw pageVersionNotFound(version, newest.version);
    return older;
  };
