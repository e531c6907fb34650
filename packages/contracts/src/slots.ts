import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { changeOf, instantSchema, timeZoneSchema } from './shapes.ts';

export const slotStateSchema = z.enum([
  'available',
  'few_left',
  'sold_out',
  'not_on_sale',
  'closed',
]);
export const slotStatusSchema = z.enum(['open', 'closed', 'cancelled', 'completed']);

export const slotView = z.object({
  id: idSchema,
  organiserId: idSchema,
  offeringId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  onSaleAt: instantSchema.nullable(),
  capacity: z.int(),
  taken: z.int(),
  status: slotStatusSchema,
  version: z.int(),
});
export type SlotView = z.infer<typeof slotView>;

const slotFields = {
  startsAt: instantSchema,
  endsAt: instantSchema,
  capacity: z.int().min(1).max(1_000_000),
  onSaleAt: instantSchema.nullable().default(null),
};

export const createSlotBody = z.strictObject({ offeringId: idSchema, ...slotFields });

/** A slot as a buyer sees it. */
export const slotAvailability = z.object({
  slotId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  remaining: z.int().min(0),
  state: slotStateSchema,
});
export type SlotAvailability = z.infer<typeof slotAvailability>;

export const availability = operation({
  id: 'availability',
  service: 'reservation',
  method: 'get',
  path: '/api/availability',
  summary: 'What can be booked, slot by slot',
  access: 'public',
  query: z.strictObject({
    offeringId: idSchema,
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  }),
  responses: {
    200: z.object({
      organiserId: idSchema,
      /** The venue's: its slots start and end at its own hours. */
      timeZone: timeZoneSchema,
      items: z.array(slotAvailability),
    }),
  },
  refusals: ['offering_not_found'],
});

export const createSlot = operation({
  id: 'createSlot',
  service: 'reservation',
  method: 'post',
  path: '/api/slots',
  summary: 'Open a slot of one’s own offering',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  body: createSlotBody,
  responses: { 201: slotView },
  refusals: ['offering_not_found', 'slot_times_invalid', 'catalog_unavailable'],
});

export const changeSlot = operation({
  id: 'changeSlot',
  service: 'reservation',
  method: 'patch',
  path: '/api/slots/{id}',
  summary: 'Change a slot: its capacity, when its sale begins, or whether it is open',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changeOf(
    z.strictObject({
      capacity: z.int().min(0).max(1_000_000).optional(),
      onSaleAt: instantSchema.nullable().optional(),
      status: z.enum(['open', 'closed']).optional(),
    }),
  ),
  responses: { 200: slotView },
  refusals: ['slot_not_found', 'slot_cancelled', 'capacity_below_taken'],
});

/**
 * A season at once. CSV (RFC 4180) has a header with `starts_at,ends_at,capacity` and optionally
 * `on_sale_at`; times are RFC 3339, or local times of the venue (`2027-03-28T20:30`). iCalendar
 * (RFC 5545) has one VEVENT a performance or a series: RRULE, RDATE, EXDATE, RECURRENCE-ID and
 * VTIMEZONE are honoured; capacity is `X-GUICHET-CAPACITY` or the query's `capacity`. What has
 * already started is left out, and a series without an end stops after two years. A local time that
 * happens twice is the first one; one that clocks skip is wrong in a CSV and, in iCalendar, has the
 * offset from before (RFC 5545, 3.3.5). One bad line imports nothing, and every bad line is named.
 */
export const importSlots = operation({
  id: 'importSlots',
  service: 'reservation',
  method: 'post',
  path: '/api/slots/import',
  summary: 'Import a timetable from CSV or iCalendar',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  query: z.strictObject({
    offeringId: idSchema,
    capacity: z.coerce.number().int().min(1).max(1_000_000).optional(),
    until: instantSchema.optional(),
  }),
  body: { raw: ['text/csv', 'text/calendar'], limitBytes: 1_048_576 },
  responses: { 201: z.object({ imported: z.int(), slotIds: z.array(idSchema) }) },
  refusals: [
    'offering_not_found',
    'import_unreadable',
    'import_invalid',
    'import_too_large',
    'catalog_unavailable',
  ],
});

export const slotOperations = [availability, createSlot, changeSlot, importSlots] as const;
