import { newId } from '@guichet/contracts/ids';
import { firstVersion } from '@guichet/mongo/versioned';
import type { OrganiserDocument, OrganiserFields } from './organiser.ts';
import { organiserChanged } from './organiser-facts.ts';
import type { OrganiserStore } from './organiser-store.ts';

export type CreateOrganiser = (
  fields: OrganiserFields,
  createdBy: string,
) => Promise<OrganiserDocument>;

/** Identity makes the creator its first admin when it hears of it. */
export const createOrganiser =
  ({
    organisers,
    published,
  }: {
    organisers: OrganiserStore;
    published: () => void;
  }): CreateOrganiser =>
  async (fields, createdBy) => {
    const organiser = { _id: newId(), ...fields, createdBy, version: 1 };
    const document = { ...organiser, ...firstVersion([organiserChanged(organiser)]) };
    await organisers.insert(document);
    published();
    return document;
  };
