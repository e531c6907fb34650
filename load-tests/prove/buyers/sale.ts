import type { Client } from '@guichet/contracts/client';
import { quoteOffering } from '@guichet/contracts/quotes';
import { importSlots } from '@guichet/contracts/slots';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import type { World } from '@guichet/local-stack/e2e/world';
import type { Seeded } from '../../seeded.ts';

export type Party = { fare: 'adult' | 'student'; places: number };

/** Slots of one offering that are on sale, and quotes for them. */
export type Sale = {
  readonly offeringId: string;
  readonly slotIds: readonly string[];
  /** Kept while it is good, as a page keeps it: anyone may use it, any number of times. */
  quoteOf(slotId: string, party: Party): Promise<string>;
};

/** So few that they are sold out within seconds, so many that a batch has more than one. */
const capacities = [12, 40] as const;
const dayMs = 86_400_000;

/** Far enough ahead that a cancellation gives everything back. */
const linesOf = (count: number, { between }: Seeded): string[] =>
  Array.from({ length: count }, (_, nth) => {
    const startsAt = new Date(Date.now() + 30 * dayMs + nth * 60_000);
    const endsAt = new Date(startsAt.getTime() + 3_600_000);
    return `${startsAt.toISOString()},${endsAt.toISOString()},${between(...capacities)}`;
  });

const createQuotes = (api: Client, offeringId: string) => {
  const quotes = new Map<string, Promise<string>>();
  return (slotId: string, { fare, places }: Party): Promise<string> => {
    const name = `${slotId} ${fare} ${places}`;
    const kept = quotes.get(name);
    if (kept) return kept;
    const asked = api
      .call(quoteOffering, {
        params: { id: offeringId },
        body: { slotId, party: { [fare]: places } },
      })
      .then(({ quote }) => quote);
    quotes.set(name, asked);
    asked.catch(() => quotes.delete(name));
    return asked;
  };
};

/** Opens so many slots of an offering that is on sale already. */
export async function openSale(world: World, count: number, seed: Seeded): Promise<Sale> {
  const { api, staff } = world;
  const { offeringId } = await openSlot(api, staff, { capacity: 1 });
  const { slotIds } = await api.call(importSlots, {
    ...staff,
    query: { offeringId },
    body: new TextEncoder().encode(
      ['starts_at,ends_at,capacity', ...linesOf(count, seed)].join('\n'),
    ),
    mediaType: 'text/csv',
  });
  return { offeringId, slotIds, quoteOf: createQuotes(api, offeringId) };
}
