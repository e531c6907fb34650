import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { codeSchema, instantSchema, localisedOf, pageOf, pageQuery } from './shapes.ts';

/** The pages that the law asks for have these slugs; an organiser may write others beside them. */
export const termsSlug = 'terms';

const longestPage = 50_000;

const pageFields = {
  title: localisedOf(200),
  /** Markdown. Whoever shows it lets no HTML through that stands in it. */
  body: localisedOf(longestPage),
};

export const changePageBody = z.strictObject({
  ...pageFields,
  /** The version that was edited, 0 where there was none: a newer one is not written over. */
  basedOn: z.int().min(0).optional(),
});
export type ChangePage = z.infer<typeof changePageBody>;

export const pageView = z.object({
  organiserId: idSchema,
  slug: codeSchema,
  /** From 1; every change makes the next one, and each stays readable. */
  version: z.int().min(1),
  ...pageFields,
  /** When this version was written. */
  changedAt: instantSchema,
});
export type PageView = z.infer<typeof pageView>;

export const pageSummary = pageView.pick({ slug: true, title: true, version: true });
export type PageSummary = z.infer<typeof pageSummary>;

const pageParams = z.strictObject({ id: idSchema, slug: codeSchema });

/** An organiser has no drafts: what it writes on a page is public from that moment. */
export const listPages = operation({
  id: 'listPages',
  service: 'catalog',
  method: 'get',
  path: '/api/organisers/{id}/pages',
  summary: 'List the pages of an organiser, each in its newest version',
  access: 'public',
  params: idParams,
  query: z.strictObject(pageQuery),
  responses: { 200: pageOf(pageSummary) },
  refusals: ['organiser_not_found'],
});

export const getPage = operation({
  id: 'getPage',
  service: 'catalog',
  method: 'get',
  path: '/api/organisers/{id}/pages/{slug}',
  summary: 'Show a page of an organiser: its newest version, or the one asked for',
  access: 'public',
  params: pageParams,
  query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  responses: { 200: pageView },
  refusals: ['page_not_found', 'page_version_not_found'],
});

/** The same text again makes no version. */
export const changePage = operation({
  id: 'changePage',
  service: 'catalog',
  method: 'put',
  path: '/api/organisers/{id}/pages/{slug}',
  summary: 'Write a page of one’s own organiser: its first version, or the next one',
  access: { permission: 'organiser:write' },
  idempotency: 'accepted',
  params: pageParams,
  body: changePageBody,
  // Five languages, up to three bytes a letter, and some to spare for what JSON escapes.
  bodyLimitBytes: 1_048_576,
  responses: { 200: pageView },
  refusals: ['organiser_not_found', 'page_changed'],
});

export const pageOperations = [listPages, getPage, changePage] as const;
