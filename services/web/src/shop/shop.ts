import type { Answer } from '@guichet/contracts/client';
import { getOffering, listOfferings } from '@guichet/contracts/offerings';
import { getOrganiser } from '@guichet/contracts/organisers';
import { availability } from '@guichet/contracts/slots';
import { type ServiceClient, ServiceProblem } from '@guichet/http/service-client';
import { LRUCache } from 'lru-cache';

export type Slot = Answer<typeof availability>['items'][number];

/** Thousands of pages of a few kilobytes each. */
const most = 2_000;
/** A timetable may have 4,000 slots: as JSON, all that is kept is no more than so many characters. */
const mostCharacters = 16_000_000;

/** What the public may read, answered again from memory for `keptForMs`; whoever is not there is undefined. */
export function createShop({
  catalog,
  reservation,
  keptForMs,
}: {
  catalog: ServiceClient;
  reservation: ServiceClient;
  keptForMs: number;
}) {
  const kept = new LRUCache<string, Promise<unknown>>({
    max: most,
    maxSize: mostCharacters,
    ttl: Math.max(1, keptForMs),
  });

  function once<T>(key: string, read: () => Promise<T>): Promise<T | undefined> {
    const known = kept.get(key) as Promise<T | undefined> | undefined;
    if (known) return known;
    const reading = read().catch((error: unknown) => {
      if (error instanceof ServiceProblem && error.status === 404) return undefined;
      kept.delete(key);
      throw error;
    });
    kept.set(key, reading, { size: 1 });
    // Only what has come is known for its size; it is as old as when it was asked for.
    reading.then(
      (answer) => {
        if (kept.peek(key) !== reading) return;
        const ttl = Math.max(1, kept.getRemainingTTL(key));
        // What is set to the same value again keeps the size that it had.
        kept.delete(key);
        kept.set(key, reading, { size: JSON.stringify(answer ?? null).length, ttl });
      },
      () => {},
    );
    return reading;
  }

  return {
    offering: (id: string) =>
      once(`offering ${id}`, () => catalog.call(getOffering, { params: { id } })),
    organiser: (id: string) =>
      once(`organiser ${id}`, () => catalog.call(getOrganiser, { params: { id } })),
    /** The first page of what is published; of one organiser where one is named. */
    offerings: (organiserId?: string) =>
      once(`offerings ${organiserId ?? ''}`, () =>
        catalog.call(listOfferings, { query: { limit: 100, ...(organiserId && { organiserId }) } }),
      ),
    slots: (offeringId: string) =>
      once(`slots ${offeringId}`, () => reservation.call(availability, { query: { offeringId } })),
  };
}
export type Shop = ReturnType<typeof createShop>;
