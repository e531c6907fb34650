import { changePage as changePageOperation, getPage, listPages } from '@guichet/contracts/pages';
import type { Routes } from '@guichet/http/service-app';
import { organiserNotFound } from '../organisers/change-organiser.ts';
import type { OrganiserStore } from '../organisers/organiser-store.ts';
import { pageOf } from '../page.ts';
import type { changePage } from './change-page.ts';
import type { findPage } from './find-page.ts';
import { type PageRefusal, pageSummary, pageView } from './page.ts';
import type { PageStore } from './page-store.ts';

export const statusOfPageRefusal = {
  page_not_found: 404,
  page_version_not_found: 404,
  page_changed: 409,
} satisfies Record<PageRefusal, number>;

export type PageActions = {
  organisers: OrganiserStore;
  pages: PageStore;
  findPage: ReturnType<typeof findPage>;
  changePage: ReturnType<typeof changePage>;
};

export function pageRoutes(
  routes: Routes,
  { organisers, pages, findPage, changePage }: PageActions,
): void {
  routes.on(listPages, async ({ params, query: { limit, cursor }, res }) => {
    if (!(await organisers.find(params.id))) throw organiserNotFound();
    const page = pageOf(await pages.list(params.id, limit + 1, cursor), limit);

    res.json({ ...page, items: page.items.map(pageSummary) });
  });

  routes.on(getPage, async ({ params: { id, slug }, query: { version }, res }) => {
    res.json(pageView(await findPage(id, slug, version)));
  });

  routes.on(changePageOperation, async ({ params: { id, slug }, body, subject, res }) => {
    if (id !== subject.organiserId) throw organiserNotFound();

    res.json(pageView(await changePage(id, slug, body)));
  });
}
