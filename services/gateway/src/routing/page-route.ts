import { operation } from '@guichet/contracts/operation';
import { segmentsOf } from './route-table.ts';

/** The page and its files, which the service `web` answers; no token concerns it. */
export const page = operation({
  id: 'page',
  service: 'web',
  method: 'get',
  path: '/{page}',
  summary: 'The page that customers buy in',
  access: 'public',
  ignoresToken: true,
  responses: { 200: { mediaType: 'text/html' } },
});

/** What is the API’s or an operator’s never becomes a page, also where it does not exist. */
const reserved = new Set(['api', '.well-known', 'internal', 'health', 'metrics', 'config']);

/** Whether a path that no operation has is the page’s to answer. */
export function isPage(method: string, path: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/') return true;
  const [first] = segmentsOf(path) ?? [];
  return first !== undefined && !reserved.has(first.toLowerCase());
}
