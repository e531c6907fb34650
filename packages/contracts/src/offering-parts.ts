import { z } from 'zod';
import { centsSchema, codeSchema, localisedSchema, timeZoneSchema } from './shapes.ts';

/* What an offering is made of. */

export const venueSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  address: z.string().trim().max(500).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  timeZone: timeZoneSchema,
});
export type Venue = z.infer<typeof venueSchema>;

/** A fare may take no place (a baby on a lap); it still counts for `minimum` and `maximum`. */
export const fareSchema = z.strictObject({
  code: codeSchema,
  name: localisedSchema,
  priceCents: centsSchema,
  takesPlace: z.boolean().default(true),
  minimum: z.int().min(0).max(1_000).default(0),
  maximum: z.int().min(1).max(1_000).default(1_000),
});
export type Fare = z.infer<typeof fareSchema>;

/**
 * A choice of the buyer. `per: place` multiplies the quantity by the places of the party; `per:
 * booking` takes the quantity alone. A `minimum` above 0 makes it mandatory. `requires` and
 * `excludes` name other options.
 */
export const optionSchema = z.strictObject({
  code: codeSchema,
  name: localisedSchema,
  priceCents: centsSchema,
  per: z.enum(['place', 'booking']),
  minimum: z.int().min(0).max(1_000).default(0),
  maximum: z.int().min(1).max(1_000).default(1),
  requires: z.array(codeSchema).max(20).default([]),
  excludes: z.array(codeSchema).max(20).default([]),
});
export type OfferingOption = z.infer<typeof optionSchema>;

/** A fee on top: a fixed amount per place or booking, or basis points of what it is charged on. */
export const feeSchema = z.discriminatedUnion('per', [
  z.strictObject({
    code: codeSchema,
    name: localisedSchema,
    per: z.enum(['place', 'booking']),
    amountCents: centsSchema,
  }),
  z.strictObject({
    code: codeSchema,
    name: localisedSchema,
    per: z.literal('amount'),
    basisPoints: z.int().min(1).max(10_000),
  }),
]);
export type Fee = z.infer<typeof feeSchema>;

/** One tax on every line, in basis points; `included` in the prices, or added to them. */
export const taxSchema = z.strictObject({
  code: codeSchema,
  name: localisedSchema,
  basisPoints: z.int().min(0).max(10_000),
  included: z.boolean().default(true),
});
export type Tax = z.infer<typeof taxSchema>;

/** Cancelling at least `hoursBefore` the start gives `percent` of the price back. */
export const refundRuleSchema = z.strictObject({
  hoursBefore: z.int().min(0).max(8_760),
  percent: z.int().min(0).max(100),
});
export type RefundRule = z.infer<typeof refundRuleSchema>;
