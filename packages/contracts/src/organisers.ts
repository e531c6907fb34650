import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { currencySchema, languageSchema, pageOf, pageQuery, timeZoneSchema } from './shapes.ts';

const organiserFields = {
  name: z.string().trim().min(1).max(200),
  contactEmail: z.email().max(254),
  currency: currencySchema,
  timeZone: timeZoneSchema,
  language: languageSchema,
};

export const createOrganiserBody = z.strictObject(organiserFields);
export const changeOrganiserBody = createOrganiserBody.partial();
export const organiserView = z.object({ id: idSchema, ...organiserFields, version: z.int() });
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
