import { Refusal } from '@guichet/contracts/refusal';
import type { OrganiserDocument, OrganiserFields, OrganiserRefusal } from './organiser.ts';
import { organiserChanged } from './organiser-facts.ts';
import type { OrganiserStore } from './organiser-store.ts';

export type ChangeOrganiser = (
  id: string,
  changes: Partial<OrganiserFields>,
) => Promise<OrganiserDocument>;

export const changeOrganiser =
  ({
    organisers,
    hasOfferings,
    published,
  }: {
    organisers: OrganiserStore;
    hasOfferings: (organiserId: string) => Promise<boolean>;
    published: () => void;
  }): ChangeOrganiser =>
  async (id, changes) => {
    const changed = await organisers.change(id, async (current) => {
      // Only a help: an offering that is made at the same moment is held against it when published.
      if ((changes.currency ?? current.currency) !== current.currency && (await hasOfferings(id))) {
        throw new Refusal<OrganiserRefusal>(
          'currency_in_use',
          `There are offerings in ${current.currency}, so the currency stays.`,
        );
      }
      const next = { ...current, ...changes, version: current.version + 1 };
      return { set: changes, messages: [organiserChanged(next)] };
    });
    if (!changed) throw organiserNotFound();
    published();
    return changed;
  };

export const organiserNotFound = () =>
  new Refusal<OrganiserRefusal>('organiser_not_found', 'There is no such organiser.');
