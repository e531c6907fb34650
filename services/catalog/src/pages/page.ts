import { isDeepStrictEqual } from 'node:util';
import type { ChangePage, PageSummary, PageView } from '@guichet/contracts/pages';
import { Refusal } from '@guichet/contracts/refusal';

export type PageRefusal = 'page_not_found' | 'page_version_not_found' | 'page_changed';

/** What a quote says of terms where the organiser has published none. */
export const noTerms = 'none';

/**
 * One version of a page, in a document that is inserted once and never changed. Its `_id` is made
 * of organiser, slug and version, so of two who write the next version at once one does.
 */
export type PageDocument = {
  _id: string;
  organiserId: string;
  slug: string;
  version: number;
  title: PageView['title'];
  body: PageView['body'];
  changedAt: Date;
};

export const pageView = ({ _id, changedAt, ...page }: PageDocument): PageView => ({
  ...page,
  changedAt: changedAt.toISOString(),
});

export const pageSummary = ({ slug, title, version }: PageSummary): PageSummary => ({
  slug,
  title,
  version,
});

type Written = Pick<PageDocument, 'version' | 'title' | 'body'>;

/** The number of the next version, or of the newest where that says the same already. */
export function decideVersion(
  newest: Written | null,
  { title, body, basedOn }: ChangePage,
): number {
  if (newest && isDeepStrictEqual([newest.title, newest.body], [title, body])) {
    return newest.version;
  }
  const version = newest?.version ?? 0;
  if (basedOn !== undefined && basedOn !== version) throw pageChanged(basedOn, version);
  return version + 1;
}

export const pageNotFound = () =>
  new Refusal<PageRefusal>('page_not_found', 'The organiser has no such page.');

export const pageVersionNotFound = (version: number, newest: number) =>
  new Refusal<PageRefusal>(
    'page_version_not_found',
    `The page has no version ${version}; its newest is ${newest}.`,
  );

function pageChanged(basedOn: number, version: number): Refusal<PageRefusal> {
  return new Refusal(
    'page_changed',
    version === 0
      ? `This page has no version yet, so nothing can be based on version ${basedOn}.`
      : `The page is at version ${version}, not ${basedOn}: load it, and make your changes there.`,
  );
}
