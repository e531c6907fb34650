import { createHash } from 'node:crypto';
import { createJoinedReads } from '@guichet/loop/joined-reads';
import type { ListAvailability } from './list-availability.ts';

/** What can be booked, as it goes over the wire. */
export type ShownAvailability = { readonly bytes: Buffer; readonly etag: string };

export type ShowAvailability = (asked: {
  offeringId: string;
  from: string | undefined;
  to: string | undefined;
}) => Promise<ShownAvailability>;

const dateOf = (instant: string | undefined): Date | null =>
  instant === undefined ? null : new Date(instant);

/**
 * What can be booked, for a crowd that asks at once: those who ask the same together share one
 * reading and its bytes. Nobody is answered from before they asked, so that whoever has just booked
 * sees that a place is gone.
 */
export function showAvailability(listAvailability: ListAvailability): ShowAvailability {
  const read = createJoinedReads(async (key): Promise<ShownAvailability> => {
    const [offeringId, from, to] = key.split(' ') as [string, string, string];
    const answer = await listAvailability(
      offeringId,
      dateOf(from || undefined),
      dateOf(to || undefined),
    );
    const bytes = Buffer.from(JSON.stringify(answer));
    const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`;
    return { bytes, etag };
  });
  return ({ offeringId, from = '', to = '' }) => read(`${offeringId} ${from} ${to}`);
}
