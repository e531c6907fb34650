import { z } from 'zod';
import { noSuch } from './api-error.ts';
import { instant, integer } from './params.ts';

export const listParams = {
  limit: integer(1, 100).default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: z
    .union([
      instant.transform((at) => ({ gte: at, lte: at, gt: undefined, lt: undefined })),
      z.strictObject({
        gt: instant.optional(),
        gte: instant.optional(),
        lt: instant.optional(),
        lte: instant.optional(),
      }),
    ])
    .optional(),
};
type Page = {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: { gt?: number; gte?: number; lt?: number; lte?: number } | undefined | object;
};
type Range = { gt?: number; gte?: number; lt?: number; lte?: number };

const within = (at: number, { gt, gte, lt, lte }: Range): boolean =>
  (gt === undefined || at > gt) &&
  (gte === undefined || at >= gte) &&
  (lt === undefined || at < lt) &&
  (lte === undefined || at <= lte);

const positionOf = (things: readonly { id: string }[], id: string): number => {
  const at = things.findIndex((thing) => thing.id === id);
  if (at === -1) throw noSuch('object', id);
  return at;
};

/** A page of a list, newest first. `things` come oldest first, as they are kept. */
export const listPage = <T extends { id: string; created: number }>(
  things: readonly T[],
  page: Page,
  url: string,
) => {
  const newestFirst = things
    .filter(({ created }) => within(created, (page.created ?? {}) as Range))
    .reverse();

  if (page.ending_before !== undefined) {
    const end = positionOf(newestFirst, page.ending_before);
    const data = newestFirst.slice(Math.max(0, end - page.limit), end);
    return { object: 'list', data, has_more: end > page.limit, url };
  }
  const start =
    page.starting_after === undefined ? 0 : positionOf(newestFirst, page.starting_after) + 1;
  const data = newestFirst.slice(start, start + page.limit);
  return { object: 'list', data, has_more: newestFirst.length > start + page.limit, url };
};
