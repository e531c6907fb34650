import { z } from 'zod';
import { contactSchema } from './bookings.ts';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { chosenOptionSchema, partySchema, pricingRefusals } from './quotes.ts';
import { instantSchema, pageOf, pageQuery } from './shapes.ts';

/*
 * The waiting list: the queue for a sold-out slot. Places that come back are offered to whoever has
 * waited longest and has use for that many, as a booking that is held for them for some hours.
 */

/**
 * - `waiting`: nothing has been offered yet.
 * - `offered`: places are held for them; an e-mail leads to them.
 * - `booked`: they took what was offered.
 * - `lapsed`: they did not, in time, or gave it back.
 */
export const entryStatusSchema = z.enum(['waiting', 'offered', 'booked', 'lapsed']);
export type EntryStatus = z.infer<typeof entryStatusSchema>;

/** An entry of a waiting list, as whoever made it sees it. */
export const entryView = z.object({
  id: idSchema,
  offeringId: idSchema,
  slotId: idSchema,
  startsAt: instantSchema,
  places: z.int(),
  status: entryStatusSchema,
  /** How many entries are before it; one that asks for fewer places may be served sooner. */
  ahead: z.int().min(0),
});
export type EntryView = z.infer<typeof entryView>;

export const joinWaitingListBody = z.strictObject({
  party: partySchema,
  options: z.array(chosenOptionSchema).max(100).default([]),
  contact: contactSchema,
});
export type JoinWaitingList = z.infer<typeof joinWaitingListBody>;

export const joinWaitingList = operation({
  id: 'joinWaitingList',
  service: 'reservation',
  method: 'post',
  path: '/api/slots/{id}/waiting-list',
  summary: 'Wait for places of a slot that has not enough: one entry for an e-mail address',
  access: 'public',
  idempotency: 'accepted',
  idempotencyBy: 'handler',
  params: idParams,
  body: joinWaitingListBody,
  responses: { 201: entryView.extend({ manageToken: z.string() }) },
  refusals: [
    'slot_not_found',
    'slot_closed',
    'slot_cancelled',
    'slot_departed',
    'not_on_sale',
    'places_left',
    'already_waiting',
    'waiting_list_full',
    'catalog_unavailable',
    'idempotency_key_reused',
    ...pricingRefusals,
  ],
});

export const getEntry = operation({
  id: 'getWaitingListEntry',
  service: 'reservation',
  method: 'get',
  path: '/api/waiting-list/{id}',
  summary: 'Show an entry of a waiting list, with its `X-Manage-Token`',
  access: 'booking',
  params: idParams,
  responses: { 200: entryView },
  refusals: ['entry_not_found'],
});

export const leaveWaitingList = operation({
  id: 'leaveWaitingList',
  service: 'reservation',
  method: 'delete',
  path: '/api/waiting-list/{id}',
  summary: 'Wait no longer',
  access: 'booking',
  params: idParams,
  responses: { 204: null },
  refusals: ['entry_not_found', 'places_offered'],
});

export const listWaitingList = operation({
  id: 'listWaitingList',
  service: 'reservation',
  method: 'get',
  path: '/api/slots/{id}/waiting-list',
  summary: 'Who waits for places of one’s own slot, and who was offered some, in their order',
  access: { permission: 'bookings:read' },
  params: idParams,
  query: z.strictObject(pageQuery),
  responses: {
    200: pageOf(
      z.object({
        id: idSchema,
        contact: contactSchema,
        party: partySchema,
        places: z.int(),
        status: entryStatusSchema,
        joinedAt: instantSchema,
        bookingId: idSchema.nullable(),
      }),
    ),
  },
  refusals: ['slot_not_found'],
});

export const waitingListOperations = [
  joinWaitingList,
  getEntry,
  leaveWaitingList,
  listWaitingList,
] as const;
