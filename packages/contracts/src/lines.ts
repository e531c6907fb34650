import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './shapes.ts';
import { roomPhaseSchema, roomView } from './waiting-rooms.ts';

/**
 * The same for everybody who waits, and so one buffer for all: who has a rank works out the rest.
 * `calledUpTo` is the last rank that may go in; a turn of rank r has at most r - calledUpTo - 1
 * before it, since some of those have left.
 */
export const lineView = z.object({
  roomId: idSchema,
  phase: roomPhaseSchema,
  saleAt: instantSchema,
  /** The server’s clock: a device that is off by minutes counts down by the difference. */
  now: instantSchema,
  joined: z.int(),
  calledUpTo: z.int(),
  /** Free ones of all slots together; `null` where it has not been told yet. */
  placesLeft: z.int().nullable(),
  /** Places that are held for who has not paid, and may come back: with none and none left it is over. */
  held: z.int().nullable(),
  /** How many were called in the last minute. */
  calledPerMinute: z.int(),
  /** How long to wait before asking again, to which each adds its own jitter of up to as much. */
  askAgainMs: z.int(),
});
export type LineView = z.infer<typeof lineView>;

/** What becomes of a turn, once `calledUpTo` has passed it or it has ended otherwise. */
export const turnStateSchema = z.enum([
  'before_draw',
  'waiting',
  'called',
  'admitted',
  'lapsed',
  'closed',
]);

export const turnView = z.object({
  /** The signed turn; a newer one than was sent where its rank has become known. */
  turn: z.string(),
  turnId: idSchema,
  rank: z.int().nullable(),
  state: turnStateSchema,
});
export type TurnView = z.infer<typeof turnView>;

/** Sent as `X-Turn`: who has it has the place in line. */
export const turnHeader = 'x-turn';
/** Sent as `X-Admission` with quotes and bookings of an offering that has a room. */
export const admissionHeader = 'x-admission';
/** What the gateway tells reservation of it: one booking comes of one admission. */
export const admissionIdHeader = 'x-admission-id';

const turnHeaders = z.object({ [turnHeader]: z.string().min(20).max(1_024) });

/**
 * The room of an offering, as a page asks for it. `visit` is the proof of a page that was loaded: a
 * turn is given for it once, a second later at the earliest, so a reload has another one and the same
 * turn.
 */
export const roomOfOffering = operation({
  id: 'waitingRoomOfOffering',
  service: 'waiting-room',
  method: 'get',
  path: '/api/offerings/{id}/waiting-room',
  summary: 'The waiting room in front of an offering, if it has one',
  access: 'public',
  ignoresToken: true,
  params: idParams,
  responses: {
    200: z.union([
      z.object({ room: roomView, line: lineView, visit: z.string() }),
      z.object({ room: z.null() }),
    ]),
  },
});

/** The same answer for all, a second old at most: a crowd’s asking costs one read of memory each. */
export const line = operation({
  id: 'waitingRoomLine',
  service: 'waiting-room',
  method: 'get',
  path: '/api/waiting-rooms/{id}/line',
  summary: 'How far the line has come',
  access: 'public',
  ignoresToken: true,
  params: idParams,
  responses: { 200: lineView },
  refusals: ['room_not_found'],
});

/** Events `line`, each a `LineView`, at most one a second; a comment every 15 s. */
export const lineLive = operation({
  id: 'waitingRoomLive',
  service: 'waiting-room',
  method: 'get',
  path: '/api/waiting-rooms/{id}/live',
  summary: 'How far the line has come, told as it moves',
  access: 'public',
  ignoresToken: true,
  streams: true,
  params: idParams,
  responses: { 200: { mediaType: 'text/event-stream' } },
  refusals: ['room_not_found', 'too_many_listeners'],
});

/** Sends six digits to an address, which joining then shows. Answers the same for every address. */
export const askEmailCode = operation({
  id: 'askWaitingRoomCode',
  service: 'waiting-room',
  method: 'post',
  path: '/api/waiting-rooms/{id}/email-codes',
  summary: 'Have a code sent, where a turn is given to an e-mail address',
  access: 'public',
  params: idParams,
  body: z.strictObject({
    visit: z.string().max(1_024),
    email: z.email().max(254),
    language: z.enum(['fr', 'en', 'de', 'es', 'it']),
  }),
  responses: { 202: null },
  refusals: [
    'room_not_found',
    'room_closed',
    'room_needs_no_code',
    'visit_invalid',
    'visit_too_fresh',
    'too_fast_from_network',
    'too_many_codes',
  ],
});

/** The same visit is the same turn, however often it is sent. */
export const joinLine = operation({
  id: 'joinWaitingRoom',
  service: 'waiting-room',
  method: 'post',
  path: '/api/waiting-rooms/{id}/turns',
  summary: 'Take a place in line',
  access: 'public',
  params: idParams,
  body: z.strictObject({
    visit: z.string().max(1_024),
    email: z.email().max(254).optional(),
    code: z.string().max(10).optional(),
  }),
  responses: { 201: turnView },
  refusals: [
    'room_not_found',
    'room_not_open',
    'room_closed',
    'visit_invalid',
    'visit_too_fresh',
    'account_required',
    'email_code_wrong',
    'turns_per_holder',
    'turns_per_address',
    'too_fast_from_network',
  ],
});

export const showTurn = operation({
  id: 'showTurn',
  service: 'waiting-room',
  method: 'get',
  path: '/api/waiting-rooms/{id}/turn',
  summary: 'What has become of one’s turn, and after a draw its rank',
  access: 'public',
  params: idParams,
  headers: turnHeaders,
  responses: { 200: turnView },
  refusals: ['room_not_found', 'turn_invalid'],
});

/** Asking again answers the same admission, to the second; it is never longer for it. */
export const admit = operation({
  id: 'admit',
  service: 'waiting-room',
  method: 'post',
  path: '/api/waiting-rooms/{id}/admissions',
  summary: 'Go in, once one’s turn is called',
  access: 'public',
  params: idParams,
  headers: turnHeaders,
  responses: { 201: z.object({ admission: z.string(), expiresAt: instantSchema }) },
  refusals: [
    'room_not_found',
    'room_closed',
    'turn_invalid',
    'not_your_turn',
    'admission_lapsed',
    'sold_out',
  ],
});

/**
 * For whoever checks a draw: rank by rank the order of SHA-256(seed, turn id), the bytes of both one
 * after the other, smallest first. The seed is `null` until it was drawn.
 */
export const showDraw = operation({
  id: 'showDraw',
  service: 'waiting-room',
  method: 'get',
  path: '/api/waiting-rooms/{id}/draw',
  summary: 'A draw, to be checked by anybody',
  access: 'public',
  ignoresToken: true,
  params: idParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  }),
  responses: {
    200: z.object({
      seedCommitment: z.string(),
      seed: z.string().nullable(),
      drawnAt: instantSchema.nullable(),
      entries: z.int(),
      /** Turn ids in the order that was drawn, those after rank `after`. */
      turnIds: z.array(idSchema),
    }),
  },
  refusals: ['room_not_found', 'room_has_no_draw'],
});

export const lineOperations = [
  roomOfOffering,
  line,
  lineLive,
  askEmailCode,
  joinLine,
  showTurn,
  admit,
  showDraw,
] as const;
