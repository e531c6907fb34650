import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { changeOf, instantSchema } from './shapes.ts';

/**
 * Who is let in first: who came first, or, of those who came before the sale, whoever a draw puts
 * first; who comes later stands behind them in either.
 */
export const lineOrderSchema = z.enum(['first_come', 'draw']);

/** What a turn is given for: to anybody, to an address that receives e-mail, or to an account. */
export const turnHolderSchema = z.enum(['anybody', 'verified_email', 'account']);

/** How people are let in: as fast as is measured to go well, or so many each minute. */
export const pacingSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('measurement') }),
  z.strictObject({ by: z.literal('rate'), perMinute: z.int().min(1).max(60_000) }),
]);
export type Pacing = z.infer<typeof pacingSchema>;

const roomFields = {
  /** When people may begin to wait. */
  opensAt: instantSchema,
  /** When the first are let in; slots of the offering go on sale no later. */
  saleAt: instantSchema,
  /** When the room ends by itself, if it was not closed before. */
  closesAt: instantSchema,
  order: lineOrderSchema,
  holder: turnHolderSchema,
  /** Places in line for one account or e-mail address, and for one network address. */
  turnsPerHolder: z.int().min(1).max(100),
  turnsPerAddress: z.int().min(1).max(100_000),
  pacing: pacingSchema,
  /** How long an admission is good for, once it is given. */
  admissionSeconds: z.int().min(60).max(3_600),
  /** How many are thought to come: what the cluster is made ready for. */
  expectedBuyers: z.int().min(1).max(10_000_000),
};

export const openRoomBody = z.strictObject({
  offeringId: idSchema,
  ...roomFields,
  holder: turnHolderSchema.default('anybody'),
  turnsPerHolder: roomFields.turnsPerHolder.default(1),
  turnsPerAddress: roomFields.turnsPerAddress.default(20),
  pacing: pacingSchema.default({ by: 'measurement' }),
  admissionSeconds: roomFields.admissionSeconds.default(600),
});

/** `waiting` before the sale, `admitting` from then on, `closed` in the end. */
export const roomPhaseSchema = z.enum(['announced', 'waiting', 'admitting', 'closed']);
export type RoomPhase = z.infer<typeof roomPhaseSchema>;

export const roomView = z.object({
  id: idSchema,
  organiserId: idSchema,
  offeringId: idSchema,
  ...roomFields,
  phase: roomPhaseSchema,
  /** SHA-256 of the draw's seed, in hexadecimal, from before anybody could wait; `null` without a draw. */
  seedCommitment: z.string().nullable(),
  version: z.int(),
});
export type RoomView = z.infer<typeof roomView>;

export const openRoom = operation({
  id: 'openWaitingRoom',
  service: 'waiting-room',
  method: 'post',
  path: '/api/waiting-rooms',
  summary: 'Put a waiting room in front of an offering’s on-sale',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  body: openRoomBody,
  responses: { 201: roomView },
  refusals: [
    'offering_not_found',
    'offering_has_room',
    'offering_has_no_places',
    'sale_in_the_past',
    'room_times_invalid',
    'rate_above_capacity',
    'catalog_unavailable',
  ],
});

export const changeRoom = operation({
  id: 'changeWaitingRoom',
  service: 'waiting-room',
  method: 'patch',
  path: '/api/waiting-rooms/{id}',
  summary: 'Change a room: its pacing at any time, its hours and rules until people wait',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changeOf(
    z.strictObject({
      opensAt: instantSchema.optional(),
      saleAt: instantSchema.optional(),
      closesAt: instantSchema.optional(),
      pacing: pacingSchema.optional(),
      turnsPerHolder: roomFields.turnsPerHolder.optional(),
      turnsPerAddress: roomFields.turnsPerAddress.optional(),
      admissionSeconds: roomFields.admissionSeconds.optional(),
      expectedBuyers: roomFields.expectedBuyers.optional(),
    }),
  ),
  responses: { 200: roomView },
  refusals: [
    'room_not_found',
    'room_closed',
    'room_has_begun',
    'sale_in_the_past',
    'room_times_invalid',
    'rate_above_capacity',
  ],
});

export const closeRoom = operation({
  id: 'closeWaitingRoom',
  service: 'waiting-room',
  method: 'post',
  path: '/api/waiting-rooms/{id}/close',
  summary: 'Close a room: nobody waits any more, and whoever wants a place books it',
  access: { permission: 'slots:write' },
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: roomView },
  refusals: ['room_not_found'],
});

/** What its organiser sees: everything that was counted, refusals by their reason. */
export const roomReport = operation({
  id: 'waitingRoomReport',
  service: 'waiting-room',
  method: 'get',
  path: '/api/waiting-rooms/{id}/report',
  summary: 'What has happened in a room, counted',
  access: { permission: 'slots:write' },
  params: idParams,
  responses: {
    200: z.object({
      room: roomView,
      joined: z.int(),
      waiting: z.int(),
      admitted: z.int(),
      booked: z.int(),
      lapsed: z.int(),
      refused: z.record(z.string(), z.int()),
      busiestBlocks: z.array(z.object({ block: z.string(), turns: z.int(), refused: z.int() })),
    }),
  },
  refusals: ['room_not_found'],
});

export const waitingRoomOperations = [openRoom, changeRoom, closeRoom, roomReport] as const;
