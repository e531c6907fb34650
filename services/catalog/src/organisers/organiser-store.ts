import { type Change, changeDocument } from '@guichet/mongo/versioned';
import type { Db } from 'mongodb';
import type { OrganiserDocument } from './organiser.ts';

export type OrganiserStore = ReturnType<typeof organiserStore>;

export const organiserStore = (db: Db) => {
  const organisers = db.collection<OrganiserDocument>('organisers');

  return {
    insert: async (organiser: OrganiserDocument) => void (await organisers.insertOne(organiser)),

    find: (id: string) => organisers.findOne({ _id: id }),

    /** In the order they came, since ids grow with time; those after `cursor`. */
    list: (limit: number, cursor?: string) =>
      organisers
        .find(cursor === undefined ? {} : { _id: { $gt: cursor } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),

    change: (
      id: string,
      decide: (
        current: OrganiserDocument,
      ) => Change<OrganiserDocument> | undefined | Promise<Change<OrganiserDocument> | undefined>,
    ) => changeDocument(organisers, id, decide),
  };
};
