import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import {
  colourSchema,
  currencySchema,
  languageSchema,
  pageOf,
  pageQuery,
  timeZoneSchema,
} from './shapes.ts';

/** Who stands behind an organiser by law, as an imprint and an invoice name them. */
export const companySchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  address: z.string().trim().min(1).max(500),
  /** The number in the register of companies, with the register’s name where it is not plain. */
  registration: z.string().trim().min(1).max(100).optional(),
  phone: z.string().trim().min(3).max(40).optional(),
});

const organiserFields = {
  name: z.string().trim().min(1).max(200),
  contactEmail: z.email().max(254),
  currency: currencySchema,
  timeZone: timeZoneSchema,
  language: languageSchema,
};

/** What customers see of an organiser on its pages; `null` takes it away again. */
const shownFields = {
  /** The colour of its pages. */
  accent: colourSchema.nullable(),
  company: companySchema.nullable(),
};
/** Absent is `null`, in a request as in a fact that an older catalog told. */
const shownOrNull = {
  accent: shownFields.accent.default(null),
  company: shownFields.company.default(null),
};

export const createOrganiserBody = z.strictObject({ ...organiserFields, ...shownOrNull });
/** Without the defaults: what a PATCH does not name stays as it is. */
export const changeOrganiserBody = z.strictObject({ ...organiserFields, ...shownFields }).partial();
export const organiserView = z.object({
  id: idSchema,
  ...organiserFields,
  ...shownOrNull,
  version: z.int(),
});
export type OrganiserView = z.infer<typeof organiserView>;

/** Whoever creates an organiser becomes its first admin, as soon as identity has heard of it. */
export const createOrganiser = operation({
  id: 'createOrganiser',
  service: 'catalog',
  method: 'post',
  path: '/api/organisers',
  summary: 'Create an organiser; its creator becomes its admin',
  access: 'signed_in',
  idempotency: 'accepted',
  body: createOrganiserBody,
  responses: { 201: organiserView },
});

export const listOrganisers = operation({
  id: 'listOrganisers',
  service: 'catalog',
  method: 'get',
  path: '/api/organisers',
  summary: 'List organisers',
  access: 'public',
  query: z.strictObject(pageQuery),
  responses: { 200: pageOf(organiserView) },
});

export const getOrganiser = operation({
  id: 'getOrganiser',
  service: 'catalog',
  method: 'get',
  path: '/api/organisers/{id}',
  summary: 'Show an organiser',
  access: 'public',
  params: idParams,
  responses: { 200: organiserView },
  refusals: ['organiser_not_found'],
});

export const changeOrganiser = operation({
  id: 'changeOrganiser',
  service: 'catalog',
  method: 'patch',
  path: '/api/organisers/{id}',
  summary: 'Change the settings of one’s own organiser',
  access: { permission: 'organiser:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changeOrganiserBody,
  responses: { 200: organiserView },
  refusals: ['organiser_not_found', 'currency_in_use'],
});

export const organiserOperations = [
  createOrganiser,
  listOrganisers,
  getOrganiser,
  changeOrganiser,
] as const;
