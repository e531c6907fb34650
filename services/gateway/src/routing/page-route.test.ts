import { expect, test } from 'vitest';
import { isPage } from './page-route.ts';

test.each(['/', '/fr', '/fr/offerings/0197a6f0-0000-7000-8000-000000000001', '/assets/index.js'])(
  '%s is the page’s',
  (path) => {
    expect(isPage('GET', path)).toBe(true);
    expect(isPage('HEAD', path)).toBe(true);
    expect(isPage('POST', path)).toBe(false);
  },
);

test.each([
  '/api',
  '/API/nothing',
  '/api/nothing-here',
  '/.well-known/security.txt',
  '/internal/bookings/1/begin-payment',
  '/metrics',
  '/health/ready',
  '/config',
  '/fr/../internal/payments',
  '/fr//offerings',
  '/%2e%2e/internal',
  '/fr/%00',
])('%s is not', (path) => {
  expect(isPage('GET', path)).toBe(false);
});
