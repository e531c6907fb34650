import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { gates, placingPace, roomSales, slotSales } from './internal-sales.ts';
import { offeringView } from './offerings.ts';
import { operation } from './operation.ts';
import { centsSchema, currencySchema, instantSchema } from './shapes.ts';

/** Who stands before a booking: a guest with its manage token, a person, or the staff of one organiser. */
export const claimantSchema = z.strictObject({
  manageToken: z.string().max(200).optional(),
  customerId: idSchema.optional(),
  organiserId: idSchema.optional(),
});
export type Claimant = z.infer<typeof claimantSchema>;

/** reservation asks catalog, when a slot is opened. */
export const offeringForSlots = operation({
  id: 'offeringForSlots',
  service: 'catalog',
  method: 'get',
  path: '/internal/offerings/{id}',
  summary: 'An offering in any state',
  access: 'service',
  params: idParams,
  responses: { 200: offeringView },
  refusals: ['offering_not_found'],
});

/**
 * payment asks reservation, before it calls the provider: one conditional update that sets
 * `payment_began_at`, grants at least five minutes more and answers what is to be paid.
 * Beginning again (another attempt) is allowed while the booking is PENDING and not expiring.
 */
export const beginPayment = operation({
  id: 'beginPayment',
  service: 'reservation',
  method: 'post',
  path: '/internal/bookings/{id}/begin-payment',
  summary: 'Begin paying a booking',
  access: 'service',
  params: idParams,
  body: z.strictObject({ claimant: claimantSchema }),
  responses: {
    200: z.object({
      bookingId: idSchema,
      organiserId: idSchema,
      reference: z.string(),
      customerId: idSchema.nullable(),
      contactEmail: z.string(),
      amountCents: centsSchema,
      currency: currencySchema,
      holdExpiresAt: instantSchema,
    }),
  },
  refusals: [
    'booking_not_found',
    'booking_not_pending',
    'hold_expired',
    'contact_missing',
    'attendees_missing',
  ],
});

/** payment asks reservation whether somebody may see the payment of a booking. */
export const bookingAccess = operation({
  id: 'bookingAccess',
  service: 'reservation',
  method: 'post',
  path: '/internal/bookings/{id}/access',
  summary: 'Whether a claimant may see a booking',
  access: 'service',
  params: idParams,
  body: z.strictObject({ claimant: claimantSchema }),
  responses: { 204: null },
  refusals: ['booking_not_found'],
});

/**
 * The fence: reservation asks payment before it frees places whose payment began. `closed`: no
 * attempt can take money any more. `paid` or `processing`: the places stay.
 */
export const closePayment = operation({
  id: 'closePayment',
  service: 'payment',
  method: 'post',
  path: '/internal/payments/{id}/close',
  summary: 'Close the payment of a booking, so that no money can be taken for it',
  access: 'service',
  params: idParams,
  body: z.strictObject({ reason: z.enum(['expired', 'cancelled']) }),
  responses: { 200: z.object({ outcome: z.enum(['closed', 'paid', 'processing']) }) },
  refusals: ['provider_unavailable'],
});

export const internalOperations = [
  offeringForSlots,
  beginPayment,
  bookingAccess,
  closePayment,
  gates,
  roomSales,
  placingPace,
  slotSales,
] as const;
