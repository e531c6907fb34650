import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import type { Db } from 'mongodb';
import type { PageDocument } from './page.ts';

export type PageStore = ReturnType<typeof pageStore>;

/** The newest version of a page, by its slug. */
type Newest = Pick<PageDocument, 'slug' | 'title' | 'version'> & { _id: string };

const idOf = (organiserId: string, slug: string, version: number) =>
  `${organiserId}/${slug}/${version}`;

const newestFirst = { slug: 1, version: -1 } as const;

export const pageStore = (db: Db) => {
  const pages = db.collection<PageDocument>('pages');

  return {
    /** Answers nothing where another was first to write this version. */
    async insert(version: Omit<PageDocument, '_id'>): Promise<PageDocument | undefined> {
      const page = { _id: idOf(version.organiserId, version.slug, version.version), ...version };
      try {
        await pages.insertOne(page);
        return page;
      } catch (error) {
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },

    find: (organiserId: string, slug: string, version: number) =>
      pages.findOne({ _id: idOf(organiserId, slug, version) }),

    findNewest: (organiserId: string, slug: string) =>
      pages.findOne({ organiserId, slug }, { sort: newestFirst }),

    /** The newest of each page, by slug; those after `cursor`. */
    list: (organiserId: string, limit: number, cursor = ''): Promise<Newest[]> =>
      pages
        .aggregate<Newest>([
          { $match: { organiserId, slug: { $gt: cursor } } },
          { $sort: newestFirst },
          {
            $group: {
              _id: '$slug',
              slug: { $first: '$slug' },
              title: { $first: '$title' },
              version: { $first: '$version' },
            },
          },
          { $sort: { _id: 1 } },
          { $limit: limit },
        ])
        .toArray(),

    /** The newest version of one page of each of these organisers that have it. */
    async newestVersions(
      organiserIds: readonly string[],
      slug: string,
    ): Promise<Map<string, number>> {
      if (organiserIds.length === 0) return new Map();
      const found = await pages
        .aggregate<{ _id: string; version: number }>([
          { $match: { organiserId: { $in: [...new Set(organiserIds)] }, slug } },
          { $group: { _id: '$organiserId', version: { $max: '$version' } } },
        ])
        .toArray();
      return new Map(found.map(({ _id, version }) => [_id, version]));
    },
  };
};
