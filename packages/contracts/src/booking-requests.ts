import { z } from 'zod';
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

export const bookingRequestOperations = [resendConfirmation] as const;
