import { z } from 'zod';
import { noSuch } from '../api-error.ts';
import { endpoint } from '../endpoint.ts';
import { listPage, listParams } from '../lists.ts';

const retrieveEvent = endpoint({
  name: 'events.retrieve',
  method: 'get',
  path: '/v1/events/:id',
  params: z.strictObject({}),
  run: ({ work, id }) => {
    const kept = work.account.events.get(id);
    if (!kept) throw noSuch('event', id);
    return kept.event;
  },
});

const listEvents = endpoint({
  name: 'events.list',
  method: 'get',
  path: '/v1/events',
  params: z.strictObject({
    type: z.string().optional(),
    types: z.array(z.string()).max(20).optional(),
    delivery_success: z.stringbool().optional(),
    ...listParams,
  }),
  run: ({ work, params }) => {
    const { type, types, delivery_success } = params;
    const events = [...work.account.events.values()]
      .filter(
        ({ event, delivered }) =>
          (type ?? event.type) === event.type &&
          (types?.includes(event.type) ?? true) &&
          (delivery_success ?? delivered) === delivered,
      )
      .map(({ event }) => event);
    return listPage(events, params, '/v1/events');
  },
});

export const eventEndpoints = [retrieveEvent, listEvents];
