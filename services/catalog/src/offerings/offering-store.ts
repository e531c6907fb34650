import { type Change, changeDocument } from '@guichet/mongo/versioned';
import type { Db, Filter } from 'mongodb';
import type { OfferingDocument } from './offering.ts';

export type OfferingStore = ReturnType<typeof offeringStore>;

/** What a list is narrowed by; whose drafts are seen is decided before. */
export type OfferingFilter = {
  status?: OfferingDocument['status'] | undefined;
  /** It must be each of them: whoever asks for another's among their own finds nothing. */
  organiserIds?: readonly string[];
  kind?: OfferingDocument['kind'] | undefined;
  /** Each must begin a word of the texts, and of the place. */
  words?: readonly string[];
  placeWords?: readonly string[];
  ids?: readonly string[] | undefined;
};

export const offeringStore = (db: Db) => {
  const offerings = db.collection<OfferingDocument>('offerings');

  return {
    insert: async (offering: OfferingDocument) => void (await offerings.insertOne(offering)),

    find: (id: string) => offerings.findOne({ _id: id }),

    hasAny: async (organiserId: string) => (await offerings.findOne({ organiserId })) !== null,

    /** In the order they came, since ids grow with time; those after `cursor`. */
    list: (filter: OfferingFilter, limit: number, cursor?: string) =>
      offerings.find(matching(filter, cursor)).sort({ _id: 1 }).limit(limit).toArray(),

    change: (
      id: string,
      decide: (
        current: OfferingDocument,
      ) => Change<OfferingDocument> | undefined | Promise<Change<OfferingDocument> | undefined>,
    ) => changeDocument(offerings, id, decide),
  };
};

function matching(filter: OfferingFilter, cursor?: string): Filter<OfferingDocument> {
  const { status, organiserIds = [], kind, words = [], placeWords = [], ids } = filter;
  const all: Filter<OfferingDocument>[] = [
    ...(status ? [{ status }] : []),
    ...organiserIds.map((organiserId) => ({ organiserId })),
    ...(kind ? [{ kind }] : []),
    ...(ids ? [{ _id: { $in: [...ids] } }] : []),
    ...(cursor ? [{ _id: { $gt: cursor } }] : []),
    ...words.map((word) => ({ words: beginning(word) })),
    ...placeWords.map((word) => ({ placeWords: beginning(word) })),
  ];
  return all.length > 0 ? { $and: all } : {};
}

/** An anchored expression walks the index; words are letters and digits only, so nothing needs escaping. */
const beginning = (word: string) => new RegExp(`^${word}`);
