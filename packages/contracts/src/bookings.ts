import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { chosenOptionSchema, partySchema, priceLineSchema, quoteTokenSchema } from './quotes.ts';
import {
  centsSchema,
  currencySchema,
  instantSchema,
  languageSchema,
  pageOf,
  pageQuery,
} from './shapes.ts';

export const bookingStatusSchema = z.enum([
  'PENDING',
  'CONFIRMED',
  'CANCELLED',
  'EXPIRED',
  'EMBARKED',
  'COMPLETED',
  'NO_SHOW',
]);
export type BookingStatus = z.infer<typeof bookingStatusSchema>;

const personNames = {
  firstName: z.string().trim().min(1).max(100),
  lastName: z.string().trim().min(1).max(100),
};

export const contactSchema = z.strictObject({
  email: z.email().max(254),
  ...personNames,
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ().-]{5,30}$/)
    .optional(),
  language: languageSchema,
});
export type Contact = z.infer<typeof contactSchema>;

/** Who takes a place, where the offering asks for names. */
export const attendeeSchema = z.strictObject(personNames);
export type Attendee = z.infer<typeof attendeeSchema>;

/** Short, spoken and typed by people: no vowels, no look-alikes. */
export const referenceSchema = z.string().regex(/^[0-9A-Z-]{6,14}$/);

export const placeBookingBody = z.strictObject({
  quote: quoteTokenSchema,
  contact: contactSchema.optional(),
});

export const placedBooking = z.object({
  id: idSchema,
  reference: referenceSchema,
  status: bookingStatusSchema,
  holdExpiresAt: instantSchema,
  totalCents: centsSchema,
  currency: currencySchema,
  manageToken: z.string(),
});

/** A booking as its owner and the organiser's staff see it. */
export const bookingView = z.object({
  id: idSchema,
  reference: referenceSchema,
  status: bookingStatusSchema,
  organiserId: idSchema,
  offeringId: idSchema,
  slotId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  party: partySchema,
  options: z.array(chosenOptionSchema),
  places: z.int(),
  lines: z.array(priceLineSchema),
  taxCents: centsSchema,
  totalCents: centsSchema,
  currency: currencySchema,
  contact: contactSchema.nullable(),
  /** Whether the attendees must be named before the booking can be paid, as its quote said. */
  asksNames: z.boolean(),
  /** One for each place, in order; none until they are named, and none where names are not asked. */
  attendees: z.array(attendeeSchema),
  /** The version of the organiser's terms that the booking was quoted under. */
  termsVersion: z.string(),
  /** The version that the buyer accepted; null until they do. */
  acceptedTerms: z.string().nullable(),
  termsAcceptedAt: instantSchema.nullable(),
  holdExpiresAt: instantSchema.nullable(),
  paymentBeganAt: instantSchema.nullable(),
  extended: z.boolean(),
  createdAt: instantSchema,
  version: z.int(),
});
export type BookingView = z.infer<typeof bookingView>;

export const placeBooking = operation({
  id: 'placeBooking',
  service: 'reservation',
  method: 'post',
  path: '/api/bookings',
  summary: 'Take the places of a quote: a booking that is held for ten minutes',
  access: 'public',
  sheds: true,
  idempotency: 'required',
  idempotencyBy: 'handler',
  body: placeBookingBody,
  responses: { 201: placedBooking },
  refusals: [
    'quote_invalid',
    'quote_expired',
    'quote_mismatch',
    'offering_withdrawn',
    'slot_not_found',
    'slot_closed',
    'slot_cancelled',
    'slot_departed',
    'not_on_sale',
    'sold_out',
    'idempotency_key_reused',
    'idempotency_key_in_flight',
    'admission_required',
    'admission_invalid',
    'admission_lapsed',
    'admission_of_another_sale',
    'admission_used',
    'quote_keys_unavailable',
    'busy',
  ],
});

export const getBooking = operation({
  id: 'getBooking',
  service: 'reservation',
  method: 'get',
  path: '/api/bookings/{id}',
  summary: 'Show a booking',
  access: 'booking',
  params: idParams,
  responses: { 200: bookingView },
  refusals: ['booking_not_found'],
});

export const listBookings = operation({
  id: 'listBookings',
  service: 'reservation',
  method: 'get',
  path: '/api/bookings',
  summary: 'One’s own bookings; with a token that acts for an organiser, the organiser’s',
  access: 'signed_in',
  query: z.strictObject({
    slotId: idSchema.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    status: bookingStatusSchema.optional(),
    q: z.string().trim().min(1).max(100).optional(),
    ...pageQuery,
  }),
  responses: { 200: pageOf(bookingView) },
});

export const bookingOperations = [placeBooking, getBooking, listBookings] as const;
