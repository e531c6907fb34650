import { hash } from 'node:crypto';
import { createJoinedReads } from '@guichet/loop/joined-reads';
import { LRUCache } from 'lru-cache';
import type { LiveSettings } from '../config.ts';
import type { ListAvailability } from './list-availability.ts';

/** What can be booked, as it goes over the wire. */
export type ShownAvailability = { readonly text: string; readonly etag: string };

type Asked = { offeringId: string; from: string | undefined; to: string | undefined };
/** `mayBeKept`: who asks has booked nothing, so that an answer of a moment ago is as good. */
export type ShowAvailability = (asked: Asked, mayBeKept: boolean) => Promise<ShownAvailability>;

/** Characters of the answers that are kept: a year of six departures a day is 300,000. */
const mostKept = 8_000_000;

const dateOf = (instant: string | undefined): Date | null =>
  instant === undefined ? null : new Date(instant);

/**
 * What can be booked, for a crowd that asks at once: those who ask the same together share one
 * reading and its text. Nobody is answered from before they asked, so that whoever has just booked
 * sees that a place is gone. Where `availabilityKeptMs` is set, an answer is given again for so long
 * after its reading began, to those who may have it.
 */
export function showAvailability({
  listAvailability,
  live,
  now = () => performance.now(),
}: {
  listAvailability: ListAvailability;
  live: () => Pick<LiveSettings, 'availabilityKeptMs'>;
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number;
}): ShowAvailability {
  const kept = new LRUCache<string, ShownAvailability & { readAt: number }>({
    maxSize: mostKept,
    sizeCalculation: ({ text }) => text.length,
  });

  const read = createJoinedReads(async (key): Promise<ShownAvailability> => {
    const readAt = now();
    const [offeringId, from, to] = key.split(' ') as [string, string, string];
    const answer = await listAvailability(
      offeringId,
      dateOf(from || undefined),
      dateOf(to || undefined),
    );
    const text = JSON.stringify(answer);
    const shown = { text, etag: `"${hash('sha1', text, 'base64url')}"` };
    if (live().availabilityKeptMs > 0) kept.set(key, { ...shown, readAt });
    return shown;
  });

  return async ({ offeringId, from = '', to = '' }, mayBeKept) => {
    const key = `${offeringId} ${from} ${to}`;
    const { availabilityKeptMs } = live();
    const known = mayBeKept && availabilityKeptMs > 0 ? kept.get(key) : undefined;
    return known && now() - known.readAt < availabilityKeptMs ? known : read(key);
  };
}
