import { type Page, pageOf } from '../page.ts';
import type { OfferingDocument } from './offering.ts';
import type { OfferingFilter, OfferingStore } from './offering-store.ts';
import type { SlotDateStore } from './slot-date-store.ts';
import { wordsOf } from './words.ts';

export type ListOfferings = {
  kind?: OfferingDocument['kind'] | undefined;
  q?: string | undefined;
  place?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  organiserId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

/**
 * A page of what is published, or of everything that `staffOf` has. `from` and `to` (half-open)
 * keep what has a slot that starts between them.
 */
export const listOfferings =
  ({ offerings, slotDates }: { offerings: OfferingStore; slotDates: SlotDateStore }) =>
  async (
    { kind, q, place, from, to, organiserId, limit, cursor }: ListOfferings,
    staffOf?: string,
  ): Promise<Page<OfferingDocument>> => {
    const filter: OfferingFilter = {
      kind,
      status: staffOf === undefined ? 'published' : undefined,
      organiserIds: [organiserId, staffOf].filter((id) => id !== undefined),
      words: wordsOf(q),
      placeWords: wordsOf(place),
      ids: (from ?? to) ? await slotDates.offeringsBetween(from, to) : undefined,
    };
    return pageOf(await offerings.list(filter, limit + 1, cursor), limit);
  };
