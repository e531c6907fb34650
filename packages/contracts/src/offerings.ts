import { z } from 'zod';
import { idSchema } from './ids.ts';
import {
  fareSchema,
  feeSchema,
  optionSchema,
  refundRuleSchema,
  taxSchema,
  venueSchema,
} from './offering-parts.ts';
import { operation } from './operation.ts';
import {
  colourSchema,
  currencySchema,
  instantSchema,
  localisedSchema,
  pageOf,
  pageQuery,
} from './shapes.ts';

export const offeringKindSchema = z.enum(['event', 'ride', 'course']);
export const offeringStatusSchema = z.enum(['draft', 'published', 'withdrawn']);

/**
 * How many places a booking may have where each has a name: that many of the longest names fit in
 * the 64 KiB of a request, every letter escaped, and that many passes in one e-mail.
 */
export const mostNamedPlaces = 50;

/** More make a page slow and say little more. */
export const mostPictures = 10;

/** A picture of an offering; its files are at `/api/pictures/{id}/{variant}`. */
export const pictureView = z.object({
  id: idSchema,
  /** What is in it, for who cannot see it; until somebody says so, the title of its offering. */
  alt: localisedSchema,
  /** Of the largest variant, so that a page can keep its place free. */
  width: z.int(),
  height: z.int(),
  /** The colour that there is most of, to stand there until the picture has come. */
  colour: colourSchema,
});
export type PictureView = z.infer<typeof pictureView>;

const offeringFields = {
  kind: offeringKindSchema,
  title: localisedSchema,
  description: localisedSchema,
  venue: venueSchema,
  currency: currencySchema,
  fares: z.array(fareSchema).min(1).max(30),
  options: z.array(optionSchema).max(100).default([]),
  fees: z.array(feeSchema).max(10).default([]),
  tax: taxSchema.nullable().default(null),
  party: z
    .strictObject({ minimum: z.int().min(1).max(1_000), maximum: z.int().min(1).max(1_000) })
    .default({ minimum: 1, maximum: 10 }),
  /** Whether every place of a booking has an attendee with a name, and a pass of their own. */
  asksNames: z.boolean().default(false),
  refundRules: z.array(refundRuleSchema).max(10).default([]),
  /** Terms of its own; `null` goes with the newest version of the organiser’s page `terms`. */
  termsVersion: z.string().min(1).max(40).nullable().default(null),
};

export const createOfferingBody = z.strictObject(offeringFields);
export type CreateOffering = z.infer<typeof createOfferingBody>;

/** Without the defaults: what a PATCH does not name stays as it is. */
export const changeOfferingBody = z
  .strictObject(
    Object.fromEntries(
      Object.entries(offeringFields).map(([name, field]) => [
        name,
        (field instanceof z.ZodDefault ? field.unwrap() : field).optional(),
      ]),
    ) as unknown as {
      [K in keyof typeof offeringFields]: z.ZodOptional<(typeof offeringFields)[K]>;
    },
  )
  .refine((changes) => Object.keys(changes).length > 0, 'Name at least one field to change.');
export type ChangeOffering = Partial<CreateOffering>;

export const offeringView = z.object({
  id: idSchema,
  organiserId: idSchema,
  status: offeringStatusSchema,
  version: z.int(),
  ...offeringFields,
  /** What a quote carries now: its own, else the organiser’s newest, else `none`. */
  termsVersion: z.string(),
  /** In order; the first is the cover. A fact that an older catalog told has none. */
  pictures: z.array(pictureView).max(mostPictures).default([]),
});
export type OfferingView = z.infer<typeof offeringView>;

const idParams = z.strictObject({ id: idSchema });

export const listOfferings = operation({
  id: 'listOfferings',
  service: 'catalog',
  method: 'get',
  path: '/api/offerings',
  summary:
    'List what is published; staff with a token that acts for an organiser see its drafts too with `mine=true`',
  access: 'public',
  query: z.strictObject({
    kind: offeringKindSchema.optional(),
    q: z.string().trim().max(200).optional(),
    place: z.string().trim().max(200).optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    organiserId: idSchema.optional(),
    mine: z.stringbool().optional(),
    ...pageQuery,
  }),
  responses: { 200: pageOf(offeringView) },
});

export const getOffering = operation({
  id: 'getOffering',
  service: 'catalog',
  method: 'get',
  path: '/api/offerings/{id}',
  summary: 'Show a published offering; its own staff see it in any state',
  access: 'public',
  params: idParams,
  responses: { 200: offeringView },
  refusals: ['offering_not_found'],
});

export const createOffering = operation({
  id: 'createOffering',
  service: 'catalog',
  method: 'post',
  path: '/api/offerings',
  summary: 'Create an offering as a draft',
  access: { permission: 'offerings:write' },
  idempotency: 'accepted',
  body: createOfferingBody,
  responses: { 201: offeringView },
  refusals: ['offering_invalid', 'organiser_not_found'],
});

export const changeOffering = operation({
  id: 'changeOffering',
  service: 'catalog',
  method: 'patch',
  path: '/api/offerings/{id}',
  summary: 'Change an offering',
  access: { permission: 'offerings:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changeOfferingBody,
  responses: { 200: offeringView },
  refusals: ['offering_not_found', 'offering_invalid'],
});

export const publishOffering = operation({
  id: 'publishOffering',
  service: 'catalog',
  method: 'post',
  path: '/api/offerings/{id}/publish',
  summary: 'Publish an offering',
  access: { permission: 'offerings:publish' },
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: offeringView },
  refusals: ['offering_not_found', 'offering_invalid'],
});

export const withdrawOffering = operation({
  id: 'withdrawOffering',
  service: 'catalog',
  method: 'post',
  path: '/api/offerings/{id}/withdraw',
  summary: 'Withdraw an offering: from now on its quotes are refused',
  access: { permission: 'offerings:publish' },
  idempotency: 'accepted',
  params: idParams,
  responses: { 200: offeringView },
  refusals: ['offering_not_found', 'offering_not_published'],
});

export const offeringOperations = [
  listOfferings,
  getOffering,
  createOffering,
  changeOffering,
  publishOffering,
  withdrawOffering,
] as const;
