import type { AvailabilityEvent } from '@guichet/contracts/live';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AnswerOf } from '../api/call.ts';

type Availability = AnswerOf<'get /api/availability'>;

/** Where too many listen already, one looks now and then. */
const lookEveryMs = 15_000;

/** What changes is written over what is known, and nothing of it moves on the page. */
function merged(before: Availability, { items: changed }: AvailabilityEvent): Availability {
  const news = new Map(changed.map((slot) => [slot.slotId, slot]));
  const known = new Set(before.items.map(({ slotId }) => slotId));
  return {
    ...before,
    items: [
      ...before.items.map((slot) => news.get(slot.slotId) ?? slot),
      ...changed.filter(({ slotId }) => !known.has(slotId)),
    ],
  };
}

/**
 * Availability as it changes, by server-sent events. The first one of a connection has everything;
 * a connection that breaks the browser makes again, one that was refused it gives up.
 */
export function useLive(offeringId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const key = ['availability', offeringId];
    const source = new EventSource(`/api/offerings/${offeringId}/live`);
    let whole = true;
    let looking: ReturnType<typeof setInterval> | undefined;
    source.addEventListener('open', () => {
      whole = true;
    });
    source.addEventListener('availability', ({ data }) => {
      const event = JSON.parse(data as string) as AvailabilityEvent;
      const replace = whole;
      whole = false;
      client.setQueryData<Availability>(
        key,
        (before) => before && (replace ? { ...before, ...event } : merged(before, event)),
      );
    });
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return;
      looking ??= setInterval(() => client.invalidateQueries({ queryKey: key }), lookEveryMs);
    });
    return () => {
      source.close();
      clearInterval(looking);
    };
  }, [client, offeringId]);
}
