import { z } from 'zod';
import { idSchema } from './ids.ts';
import { refundRuleSchema } from './offering-parts.ts';
import { operation } from './operation.ts';
import { centsSchema, codeSchema, currencySchema, instantSchema } from './shapes.ts';

/** How many of each fare: `{ adult: 2, baby: 1 }`. */
export const partySchema = z.record(codeSchema, z.int().min(0).max(1_000));
export type Party = z.infer<typeof partySchema>;

export const chosenOptionSchema = z.strictObject({
  code: codeSchema,
  quantity: z.int().min(1).max(1_000),
});
export type ChosenOption = z.infer<typeof chosenOptionSchema>;

/**
 * One line of the price. `totalCents` is what is paid for the line, taxes and all; `taxCents` is
 * the part of it that is tax, rounded half up on this line (the only place where anything rounds).
 */
export const priceLineSchema = z.object({
  kind: z.enum(['fare', 'option', 'fee']),
  code: codeSchema,
  quantity: z.int().min(1),
  unitCents: centsSchema,
  taxCents: centsSchema,
  totalCents: centsSchema,
});
export type PriceLine = z.infer<typeof priceLineSchema>;

/**
 * What a quote promises, as the claims of a JWS (RFC 7515) signed with EdDSA, header `typ:
 * quote+jwt`. Names are short because every booking carries them. `iat` is floored to the minute,
 * so the same request within a minute gives the same bytes, and caches keep one of them.
 */
export const quoteClaimsSchema = z.object({
  org: idSchema,
  off: idSchema,
  ver: z.int(),
  slot: idSchema,
  party: partySchema,
  places: z.int().min(1),
  options: z.array(chosenOptionSchema),
  lines: z.array(priceLineSchema),
  total: centsSchema,
  tax: centsSchema,
  cur: currencySchema,
  terms: z.string(),
  refunds: z.array(refundRuleSchema),
  /** Whether the attendees must be named before paying. Quotes from before it was asked say nothing. */
  names: z.boolean().default(false),
  iat: z.int(),
  exp: z.int(),
});
export type QuoteClaims = z.infer<typeof quoteClaimsSchema>;
export const quoteTokenType = 'quote+jwt';
export const quoteTokenSchema = z.string().min(20).max(8_192);

/** Why a party is not priced, with the status that says so wherever it is asked (RFC 9110, 15.5). */
export const statusOfPricingRefusal = {
  offering_not_found: 404,
  offering_withdrawn: 409,
  party_empty: 422,
  party_too_small: 422,
  party_too_large: 422,
  fare_unknown: 422,
  fare_limit: 422,
  option_unknown: 422,
  option_limit: 422,
  option_requires: 422,
  option_excludes: 422,
  price_too_large: 422,
} as const;
export type PricingRefusal = keyof typeof statusOfPricingRefusal;
export const pricingRefusals = Object.keys(statusOfPricingRefusal) as readonly PricingRefusal[];

export const quoteOffering = operation({
  id: 'quoteOffering',
  service: 'catalog',
  method: 'post',
  path: '/api/offerings/{id}/quotes',
  summary: 'Price one configuration and party for one slot, signed, for ten minutes',
  access: 'public',
  params: z.strictObject({ id: idSchema }),
  body: z.strictObject({
    slotId: idSchema,
    party: partySchema,
    options: z.array(chosenOptionSchema).max(100).default([]),
  }),
  responses: {
    200: z.object({
      quote: quoteTokenSchema,
      lines: z.array(priceLineSchema),
      taxCents: centsSchema,
      totalCents: centsSchema,
      currency: currencySchema,
      expiresAt: instantSchema,
    }),
  },
  refusals: [
    ...pricingRefusals,
    'admission_required',
    'admission_invalid',
    'admission_lapsed',
    'admission_of_another_sale',
  ],
});

/** Public halves of the keys that sign quotes (RFC 7517), the next one included. */
export const quoteKeys = operation({
  id: 'quoteKeys',
  service: 'catalog',
  method: 'get',
  path: '/.well-known/quote-keys.json',
  summary: 'The public keys that quotes are verified with',
  access: 'public',
  responses: { 200: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
});

export const quoteOperations = [quoteOffering, quoteKeys] as const;
