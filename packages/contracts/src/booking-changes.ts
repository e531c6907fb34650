import { z } from 'zod';
import { attendeeSchema, bookingView, contactSchema } from './bookings.ts';
import { idParams } from './ids.ts';
import { mostNamedPlaces } from './offerings.ts';
import { operation } from './operation.ts';
import { centsSchema, currencySchema, languageSchema } from './shapes.ts';

/**
 * What is not named stays as it is. `attendees` are named together, one for each place of the
 * booking, until its slot departs. `language` alone is for whoever does not repeat the contact.
 * `acceptedTerms` is the `termsVersion` of the booking, said by its buyer to be accepted; it stays
 * as accepted when it is said again.
 */
export const changeBookingBody = z
  .strictObject({
    contact: contactSchema.optional(),
    language: languageSchema.optional(),
    attendees: z.array(attendeeSchema).max(mostNamedPlaces).optional(),
    acceptedTerms: z.string().min(1).max(40).optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, 'Name at least one field to change.')
  .refine(
    ({ contact, language }) => !(contact && language),
    'A contact has its own language: give the one or the other.',
  );
export type ChangeBooking = z.infer<typeof changeBookingBody>;

export const changeBooking = operation({
  id: 'changeBooking',
  service: 'reservation',
  method: 'patch',
  path: '/api/bookings/{id}',
  summary: 'Set or change the contact, its language, the attendees’ names; accept the terms',
  access: 'booking',
  idempotency: 'accepted',
  params: idParams,
  body: changeBookingBody,
  responses: { 200: bookingView },
  refusals: [
    'booking_not_found',
    'permission_denied',
    'booking_ended',
    'contact_missing',
    'attendees_not_asked',
    'attendees_mismatch',
    'slot_departed',
    'terms_mismatch',
  ],
});

export const extendBooking = operation({
  id: 'extendBooking',
  service: 'reservation',
  method: 'post',
  path: '/api/bookings/{id}/extend',
  summary: 'Hold the places for ten minutes more, once',
  access: 'booking',
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: bookingView },
  refusals: [
    'booking_not_found',
    'permission_denied',
    'booking_not_pending',
    'hold_expired',
    'already_extended',
  ],
});

export const cancellation = operation({
  id: 'cancellation',
  service: 'reservation',
  method: 'get',
  path: '/api/bookings/{id}/cancellation',
  summary: 'What cancelling now would give back',
  access: 'booking',
  params: idParams,
  responses: {
    200: z.object({
      refundCents: centsSchema,
      keptCents: centsSchema,
      percent: z.int(),
      currency: currencySchema,
    }),
  },
  refusals: ['booking_not_found', 'booking_ended', 'slot_departed'],
});

export const cancelBooking = operation({
  id: 'cancelBooking',
  service: 'reservation',
  method: 'post',
  path: '/api/bookings/{id}/cancel',
  summary: 'Cancel a booking; money that was paid goes back by the offering’s refund rules',
  access: 'booking',
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: bookingView },
  refusals: [
    'booking_not_found',
    'permission_denied',
    'booking_ended',
    'slot_departed',
    'payment_in_progress',
  ],
});

export const bookingChangeOperations = [
  changeBooking,
  extendBooking,
  cancellation,
  cancelBooking,
] as const;
