import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { centsSchema, currencySchema, instantSchema } from './shapes.ts';

export const paymentStatusSchema = z.enum([
  'pending',
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'partially_refunded',
  'refunded',
  'needs_review',
]);
export type PaymentStatus = z.infer<typeof paymentStatusSchema>;

/** Who takes the money; `none` where a booking costs nothing and nobody is asked. */
const providerSchema = z.enum(['stripe', 'none']);
export type PaymentProvider = z.infer<typeof providerSchema>;

/** A payment has the id of the booking that it pays: there is one document per booking. */
export const paymentView = z.object({
  id: idSchema,
  bookingId: idSchema,
  status: paymentStatusSchema,
  provider: providerSchema,
  amountCents: centsSchema,
  refundedCents: centsSchema,
  currency: currencySchema,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  updatedAt: instantSchema,
});
export type PaymentView = z.infer<typeof paymentView>;

const paymentParams = z.strictObject({ id: idSchema });

/**
 * What is left to do, by `provider`: a card for `stripe`, nothing at all for `none`. A booking that
 * costs nothing is paid as soon as this is answered.
 */
const begunPayment = z.discriminatedUnion('provider', [
  z.object({
    provider: z.literal('stripe'),
    id: idSchema,
    status: paymentStatusSchema,
    clientSecret: z.string(),
    publishableKey: z.string(),
  }),
  z.object({ provider: z.literal('none'), id: idSchema, status: z.literal('succeeded') }),
]);
export type BegunPayment = z.infer<typeof begunPayment>;

export const beginPaying = operation({
  id: 'beginPaying',
  service: 'payment',
  method: 'post',
  path: '/api/payments',
  summary:
    'Begin to pay a booking; the client secret goes to the provider’s page element, and what costs nothing is paid at once',
  access: 'booking',
  idempotency: 'required',
  body: z.strictObject({ bookingId: idSchema, method: z.enum(['card']) }),
  responses: { 201: begunPayment },
  refusals: [
    'booking_not_found',
    'booking_not_pending',
    'hold_expired',
    'contact_missing',
    'attendees_missing',
    'payment_closed',
    'already_paid',
    'amount_too_small',
    'payment_refused',
    'provider_unavailable',
  ],
});

export const getPayment = operation({
  id: 'getPayment',
  service: 'payment',
  method: 'get',
  path: '/api/payments/{id}',
  summary: 'Show a payment',
  access: 'booking',
  params: paymentParams,
  responses: { 200: paymentView },
  refusals: ['payment_not_found'],
});

export const refundPayment = operation({
  id: 'refundPayment',
  service: 'payment',
  method: 'post',
  path: '/api/payments/{id}/refunds',
  summary: 'Give money back, in part or whole',
  access: { permission: 'payments:refund' },
  idempotency: 'required',
  params: paymentParams,
  body: z.strictObject({
    amountCents: z.int().min(1).max(100_000_000),
    reason: z.string().trim().min(1).max(500),
  }),
  responses: { 201: paymentView },
  refusals: [
    'payment_not_found',
    'payment_not_succeeded',
    'refund_too_large',
    'provider_unavailable',
  ],
});

export const stripeWebhook = operation({
  id: 'stripeWebhook',
  service: 'payment',
  method: 'post',
  path: '/api/webhooks/stripe',
  summary: 'Where Stripe tells what happened',
  access: 'public',
  body: { raw: ['application/json'], limitBytes: 262_144 },
  responses: { 200: z.object({ received: z.literal(true) }) },
  refusals: ['signature_invalid'],
});

export const paymentOperations = [beginPaying, getPayment, refundPayment, stripeWebhook] as const;
