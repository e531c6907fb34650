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
  ): Promise<{ items: OfferingDocument[]; nextCursor: string | null }> => {
    const filter: OfferingFilter = {
      kind,
      organiserId,
      ...(staffOf === undefined ? { status: 'published' as const } : { organiserId: staffOf }),
      words: wordsOf(q),
      placeWords: wordsOf(place),
      ids: (from ?? to) ? await slotDates.offeringsBetween(from, to) : undefined,
    };
    const found = await offerings.list(filter, limit + 1, cursor);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?._id ?? null) : null };
  };
