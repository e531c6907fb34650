import type { AvailabilityEvent } from '@guichet/contracts/live';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AnswerOf } from '../api/call.ts';

type Availability = AnswerOf<'get /api/availability'>;

/** What changes is written over what is known, and nothing of it moves on the page. */
function merged(before: Availability, changed: AvailabilityEvent): Availability {
  const news = new Map(changed.items.map((slot) => [slot.slotId, slot]));
  const items = before.items.map((slot) => news.get(slot.slotId) ?? slot);
  const known = new Set(before.items.map(({ slotId }) => slotId));
  return {
    ...before,
    items: [...items, ...changed.items.filter(({ slotId }) => !known.has(slotId))],
  };
}

/** Availability as it changes, by server-sent events; the browser itself connects again. */
export function useLive(offeringId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(`/api/offerings/${offeringId}/live`);
    source.addEventListener('availability', ({ data }) => {
      const changed = JSON.parse(data as string) as AvailabilityEvent;
      client.setQueryData<Availability>(
        ['availability', offeringId],
        (before) => before && merged(before, changed),
      );
    });
    return () => source.close();
  }, [client, offeringId]);
}
