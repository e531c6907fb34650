import { z } from 'zod';
import { bookingView } from './bookings.ts';
import { idParams } from './ids.ts';
import { operation } from './operation.ts';

/** What whoever has a booking may ask for beside changing it. */
export const resendConfirmation = operation({
  id: 'resendConfirmation',
  service: 'reservation',
  method: 'post',
  path: '/api/bookings/{id}/resend',
  summary: 'Send the confirmation with its passes to the booking’s contact again, thrice an hour',
  access: 'booking',
  idempotency: 'accepted',
  params: idParams,
  responses: { 202: z.object({ status: z.literal('sending') }) },
  refusals: ['booking_not_found', 'permission_denied', 'booking_not_confirmed', 'resend_too_often'],
});

/**
 * For who bought as a guest, or signed in only afterwards: it needs the token of the account and the
 * booking's `X-Manage-Token`, and shows among the account's bookings from then on. A booking that is
 * somebody else's is answered as if it did not exist.
 */
export const claimBooking = operation({
  id: 'claimBooking',
  service: 'reservation',
  method: 'post',
  path: '/api/bookings/{id}/claim',
  summary: 'Make a booking that was placed as a guest one’s own',
  access: 'signed_in',
  showsManageToken: true,
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: bookingView },
  refusals: ['booking_not_found', 'permission_denied'],
});

export const bookingRequestOperations = [resendConfirmation, claimBooking] as const;
