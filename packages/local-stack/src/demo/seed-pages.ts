import type { Client } from '@guichet/contracts/client';
import { changePage, listPages } from '@guichet/contracts/pages';
import type { DemoOrganiser } from './demo-files.ts';
import type { Credentials } from './sign-in.ts';

/** Writes the pages that are not there: what somebody has made of one since stays as it is. */
export async function seedPages(
  api: Client,
  staff: Credentials,
  organiserId: string,
  pages: DemoOrganiser['pages'],
): Promise<void> {
  const { items } = await api.call(listPages, {
    params: { id: organiserId },
    query: { limit: 100 },
  });
  const there = new Set(items.map(({ slug }) => slug));
  for (const { slug, body } of pages) {
    if (there.has(slug)) continue;
    await api.call(changePage, { ...staff, params: { id: organiserId, slug }, body });
  }
}
