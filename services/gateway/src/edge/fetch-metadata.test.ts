import { Problem } from '@guichet/http/problem';
import { expect, test } from 'vitest';
import { refuseForgery } from './fetch-metadata.ts';

const asked = {
  method: 'POST',
  cookie: '__Host-guichet=abc; theme=dark',
  authorization: undefined,
  secFetchSite: undefined,
  origin: undefined,
};
const own = ['https://guichet.test'];

test.each([
  ['from our own page', { secFetchSite: 'same-origin' }],
  ['from our own page by an old browser', { origin: 'https://guichet.test' }],
  ['that changes nothing', { method: 'GET', secFetchSite: 'cross-site' }],
  ['without our cookie', { cookie: 'theme=dark', secFetchSite: 'cross-site' }],
  ['with a bearer token', { authorization: 'Bearer x', secFetchSite: 'cross-site' }],
])('lets a request pass %s', (_, part) => {
  expect(() => refuseForgery({ ...asked, ...part }, own)).not.toThrow();
});

test.each([
  ['from another site', { secFetchSite: 'cross-site' }],
  ['from a sibling subdomain', { secFetchSite: 'same-site' }],
  ['typed into the address bar', { secFetchSite: 'none' }],
  ['from another origin by an old browser', { origin: 'https://evil.test' }],
  ['that does not say where from', {}],
  ['that refreshes', { cookie: '__Secure-guichet-refresh=abc', secFetchSite: 'same-site' }],
])('refuses a request with our cookie %s', (_, part) => {
  expect(() => refuseForgery({ ...asked, ...part }, own)).toThrow(Problem);
});
