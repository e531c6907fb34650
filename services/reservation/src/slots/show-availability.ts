import { hash } from 'node:crypto';
import type { RecentAnswer } from '@guichet/http/recent-answers';
import { createJoinedReads } from '@guichet/loop/joined-reads';
import type { ListAvailability } from './list-availability.ts';

type Asked = { offeringId: string; from: string | undefined; to: string | undefined };
export type ShowAvailability = (asked: Asked) => Promise<RecentAnswer>;

const dateOf = (instant: string | undefined): Date | null =>
  instant === undefined ? null : new Date(instant);

/**
 * What can be booked, for a crowd that asks at once: those who ask the same together share one
 * reading and its text. Nobody is answered from before they asked, so that whoever has just booked
 * sees that a place is gone.
 */
export function showAvailability({
  listAvailability,
}: {
  listAvailability: ListAvailability;
}): ShowAvailability {
  const read = createJoinedReads(async (key): Promise<RecentAnswer> => {
    const readAt = performance.now();
    const [offeringId, from, to] = key.split(' ') as [string, string, string];
    const answer = await listAvailability(
      offeringId,
      dateOf(from || undefined),
      dateOf(to || undefined),
    );
    const text = JSON.stringify(answer);
    return { text, etag: `"${hash('sha1', text, 'base64url')}"`, readAt };
  });

  return ({ offeringId, from = '', to = '' }) => read(`${offeringId} ${from} ${to}`);
}
