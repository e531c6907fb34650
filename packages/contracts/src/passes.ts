import { z } from 'zod';
import { idParams } from './ids.ts';
import { mostNamedPlaces } from './offerings.ts';
import { operation } from './operation.ts';

/**
 * One pass for each attendee, in their order, where the offering asks for names; otherwise one for
 * all. `Accept: application/json` answers every code; `image/png` the QR code of one pass, the
 * first unless `attendee` says which, counted from 1; `application/pdf` every pass to print, one
 * page each, in the booking's language; `text/calendar` the date.
 */
export const bookingPass = operation({
  id: 'bookingPass',
  service: 'reservation',
  method: 'get',
  path: '/api/bookings/{id}/pass',
  summary: 'The passes of a confirmed booking',
  access: 'booking',
  params: idParams,
  query: z.strictObject({
    attendee: z.coerce.number().int().min(1).max(mostNamedPlaces).default(1).meta({
      description: 'Whose pass `image/png` shows, counted from 1 in the order of the attendees.',
    }),
  }),
  responses: { 200: z.object({ passes: z.array(z.string()) }) },
  refusals: [
    'booking_not_found',
    'booking_not_confirmed',
    'attendee_not_found',
    'busy',
    'catalog_unavailable',
  ],
});

/** What a gate needs to verify passes without a network. */
export const passKeys = operation({
  id: 'passKeys',
  service: 'reservation',
  method: 'get',
  path: '/api/organisers/{id}/pass-keys',
  summary: 'The public keys that an organiser’s passes are verified with',
  access: 'public',
  params: idParams,
  responses: {
    200: z.object({
      keys: z.array(z.object({ kid: z.int().min(0).max(255), publicKey: z.string() })),
    }),
  },
});

export const passOperations = [bookingPass, passKeys] as const;
