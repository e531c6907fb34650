import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './shapes.ts';

/* What services ask each other of sales to come, and of those that go on. */

/** The offerings that nobody buys of without an admission, as every gateway keeps them in memory. */
export const gates = operation({
  id: 'gates',
  service: 'waiting-room',
  method: 'get',
  path: '/internal/gates',
  summary: 'The offerings that have a room, and until when',
  access: 'service',
  responses: {
    200: z.object({
      /** The room’s clock, which a gateway that is off by minutes goes by. */
      now: instantSchema,
      gates: z.array(z.object({ roomId: idSchema, offeringId: idSchema, closesAt: instantSchema })),
    }),
  },
});

/** What is to come, as the prescaler asks for it. */
export const roomSales = operation({
  id: 'roomSales',
  service: 'waiting-room',
  method: 'get',
  path: '/internal/room-sales',
  summary: 'The on-sales that have a room, and how many wait',
  access: 'service',
  responses: {
    200: z.object({
      sales: z.array(
        z.object({
          roomId: idSchema,
          offeringId: idSchema,
          organiserId: idSchema,
          opensAt: instantSchema,
          saleAt: instantSchema,
          closesAt: instantSchema,
          expectedBuyers: z.int(),
          /** Nobody waits for what is sold out. */
          waiting: z.int(),
          /** So many are let in each second at most; `null` where measurement decides. */
          perSecond: z.number().nullable(),
        }),
      ),
    }),
  },
});

/** What a replica of reservation has done of late, and what there is of an offering. */
export const placingPace = operation({
  id: 'placingPace',
  service: 'reservation',
  method: 'get',
  path: '/internal/offerings/{id}/pace',
  summary: 'How placing goes, and how many places are left',
  access: 'service',
  params: idParams,
  responses: {
    200: z.object({
      /** Free of all open slots together: neither booked nor held. */
      placesLeft: z.int(),
      capacity: z.int(),
      /** Places that are held for who has not paid. */
      held: z.int(),
      /** That hold places or have paid for them. */
      bookings: z.int(),
      /** When the first of its slots goes on sale, if that is to come. */
      onSaleAt: instantSchema.nullable(),
      /** How long who comes now would wait for the database, in milliseconds. */
      queueAgeMs: z.number(),
    }),
  },
  refusals: ['offering_not_found'],
});

/** On-sales without a room too, as slots have them. */
export const slotSales = operation({
  id: 'slotSales',
  service: 'reservation',
  method: 'get',
  path: '/internal/slot-sales',
  summary: 'The slots that go on sale within a day, by offering and time',
  access: 'service',
  responses: {
    200: z.object({
      sales: z.array(
        z.object({
          offeringId: idSchema,
          organiserId: idSchema,
          saleAt: instantSchema,
          capacity: z.int(),
        }),
      ),
    }),
  },
});
