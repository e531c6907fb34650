import { z } from 'zod';
import { idParams } from './ids.ts';
import { operation } from './operation.ts';
import { slotAvailability } from './slots.ts';

/** A stream that says nothing else says so often that it still stands. */
export const heartbeatMs = 15_000;

/**
 * The data of an event `availability`. The first one after connecting has every slot that can be
 * seen, as `GET /api/availability` lists them; each later one has those that have changed, by
 * `slotId`. A slot that has begun is told once more, as `closed`.
 */
export const availabilityEvent = z.object({ items: z.array(slotAvailability) });
export type AvailabilityEvent = z.infer<typeof availabilityEvent>;

/**
 * Server-sent events, for `EventSource`. A comment comes every 15 s at the latest. The stream ends
 * when its service does, and for a reader that does not keep up: connect again after `retry`.
 */
export const offeringLive = operation({
  id: 'offeringLive',
  service: 'reservation',
  method: 'get',
  path: '/api/offerings/{id}/live',
  summary: 'What can be booked of an offering, and every change of it: events `availability`',
  access: 'public',
  ignoresToken: true,
  streams: true,
  params: idParams,
  responses: { 200: { mediaType: 'text/event-stream' } },
  refusals: ['offering_not_found', 'too_many_listeners'],
});

export const liveOperations = [offeringLive] as const;
