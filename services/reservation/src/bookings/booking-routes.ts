import * as changes from '@guichet/contracts/booking-changes';
import { claimBooking, resendConfirmation } from '@guichet/contracts/booking-requests';
import * as operations from '@guichet/contracts/bookings';
import { idSchema } from '@guichet/contracts/ids';
import { admissionIdHeader } from '@guichet/contracts/lines';
import type { Call } from '@guichet/http/call';
import { parseRequest } from '@guichet/http/parse-request';
import { Problem } from '@guichet/http/problem';
import { sendJson } from '@guichet/http/send-json';
import type { Routes } from '@guichet/http/service-app';
import type { Subject } from '@guichet/http/subject';
import type { Pool } from '@guichet/postgres/pool';
import type { Visitor } from '../access/claimant.ts';
import type { PlaceBooking } from '../placing/place-booking.ts';
import { admissionScope, type PlaceBookingRefusal } from '../placing/placement.ts';
import type { Claim } from '../placing/placing-store.ts';
import type { QuoteRefusal } from '../quotes/quote-refusal.ts';
import { type BookingNow, type BookingRefusal, bookingView } from './booking.ts';
import { type BookingOwner, listBookings } from './booking-list.ts';
import { type CancelBooking, decideCancellation } from './cancel-booking.ts';
import type { ChangeBooking } from './change-booking.ts';
import type { ClaimBooking } from './claim-booking.ts';
import type { ExtendBooking } from './extend-booking.ts';
import type { ResendConfirmation } from './resend-confirmation.ts';

export const statusOfBookingRefusal = {
  quote_invalid: 422,
  quote_expired: 409,
  quote_keys_unavailable: 503,
  quote_mismatch: 422,
  offering_withdrawn: 409,
  slot_not_found: 404,
  slot_closed: 409,
  slot_cancelled: 409,
  slot_departed: 409,
  not_on_sale: 409,
  sold_out: 409,
  idempotency_key_reused: 422,
  admission_used: 409,
  idempotency_key_in_flight: 409,
  busy: 503,
  booking_not_found: 404,
  booking_not_pending: 409,
  booking_not_confirmed: 409,
  booking_ended: 409,
  hold_expired: 409,
  already_extended: 409,
  contact_missing: 409,
  attendees_missing: 409,
  attendees_not_asked: 422,
  attendees_mismatch: 422,
  attendee_not_found: 404,
  terms_mismatch: 422,
  payment_in_progress: 409,
  resend_too_often: 429,
  permission_denied: 403,
} satisfies Record<BookingRefusal | PlaceBookingRefusal | QuoteRefusal, number>;

/** Who asks, as their token and header say it. A customer's id counts for customers only. */
export const visitorOf = ({
  subject,
  manageToken,
}: {
  subject: Subject | undefined;
  manageToken: string | undefined;
}): Visitor => ({
  permissions: subject?.permissions ?? [],
  ...(manageToken ? { manageToken } : {}),
  ...(subject?.kind === 'customer' ? { customerId: subject.id } : {}),
  ...(subject?.organiserId ? { organiserId: subject.organiserId } : {}),
});

/** A token that acts for an organiser lists the organiser's bookings, any other one's own. */
function ownerOf(subject: Subject): BookingOwner {
  if (!subject.organiserId) return { customerId: subject.id };
  if (!subject.permissions.includes('bookings:read')) {
    throw new Problem({
      status: 403,
      code: 'permission_denied',
      detail: 'Your role lacks the permission bookings:read. Ask an admin of your organiser.',
    });
  }
  return { organiserId: subject.organiserId };
}

export type BookingActions = {
  placeBooking: PlaceBooking;
  showBooking: (id: string, visitor: Visitor) => Promise<BookingNow>;
  changeBooking: ChangeBooking;
  extendBooking: ExtendBooking;
  cancelBooking: CancelBooking;
  resendConfirmation: ResendConfirmation;
  claimBooking: ClaimBooking;
  pool: Pool;
  graceMs: number;
};

export function bookingRoutes(routes: Routes, actions: BookingActions): void {
  writeRoutes(routes, actions);
  readRoutes(routes, actions);
}

function readRoutes(routes: Routes, { showBooking, pool, graceMs }: BookingActions): void {
  routes.on(operations.getBooking, async ({ params, res, ...call }) => {
    res.json(bookingView(await showBooking(params.id, visitorOf(call))));
  });

  routes.on(operations.listBookings, async ({ query, subject, res }) => {
    const { cursor, from, to, ...filters } = query;
    const bookings = await listBookings(pool, graceMs, ownerOf(subject), {
      ...filters,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      after: cursor === undefined ? undefined : parseRequest(idSchema, cursor),
    });

    const items = bookings.slice(0, query.limit).map(bookingView);
    const isLast = bookings.length <= query.limit;
    res.json({ items, nextCursor: isLast ? null : (items.at(-1)?.id ?? null) });
  });

  routes.on(changes.cancellation, async ({ params, res, ...call }) => {
    const booking = await showBooking(params.id, visitorOf(call));

    res.json({ ...decideCancellation(booking), currency: booking.currency });
  });
}

/**
 * What a booking is made once for: its key; or the admission that let its buyer in, which no second
 * booking can come of, whoever asks and with whatever key.
 */
function claimOf(
  {
    idempotencyKey,
    bodyHash,
    headers,
  }: Pick<Call<typeof operations.placeBooking>, 'idempotencyKey' | 'bodyHash' | 'headers'>,
  subject: Subject | undefined,
): Claim {
  const admissionId = headers[admissionIdHeader];
  return typeof admissionId === 'string'
    ? { scope: admissionScope, key: admissionId, bodyHash }
    : { scope: `placeBooking ${subject?.id ?? 'anyone'}`, key: idempotencyKey, bodyHash };
}

function writeRoutes(routes: Routes, actions: BookingActions): void {
  routes.onPlain(operations.placeBooking, async ({ body, subject, deadline, res, ...call }) => {
    const { booking, replayed } = await actions.placeBooking({
      claim: claimOf(call, subject),
      deadline,
      quote: body.quote,
      contact: body.contact ?? null,
      customerId: subject?.kind === 'customer' ? subject.id : null,
    });

    const headers = {
      ...(replayed && { 'idempotent-replayed': 'true' }),
      location: `/api/bookings/${booking.id}`,
    };
    sendJson(res, 201, headers, JSON.stringify(booking));
  });

  routes.on(changes.changeBooking, async ({ params, body, res, ...call }) => {
    res.json(bookingView(await actions.changeBooking(params.id, visitorOf(call), body)));
  });

  routes.on(changes.extendBooking, async ({ params, res, ...call }) => {
    res.json(bookingView(await actions.extendBooking(params.id, visitorOf(call))));
  });

  routes.on(resendConfirmation, async ({ params, res, ...call }) => {
    await actions.resendConfirmation(params.id, visitorOf(call));

    res.status(202).json({ status: 'sending' });
  });

  routes.on(claimBooking, async ({ params, subject, manageToken, res }) => {
    res.json(bookingView(await actions.claimBooking(params.id, subject, manageToken)));
  });

  routes.on(changes.cancelBooking, async ({ params, res, ...call }) => {
    res.json(bookingView(await actions.cancelBooking(params.id, visitorOf(call))));
  });
}
