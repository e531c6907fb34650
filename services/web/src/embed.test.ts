import { createServer } from 'node:http';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createDocument } from './html/document.ts';
import { machineRoutes } from './machines/machine-routes.ts';
import { createPages } from './pages.ts';
import type { Shop } from './shop/shop.ts';

const publicUrl = 'https://guichet.example';
const id = '0197a6f0-0000-7000-8000-0000000000a0';
const organiser = {
  id,
  name: 'La Lanterne',
  contactEmail: 'salle@example.org',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr' as const,
  accent: '#123456',
  company: null,
  version: 1,
};
const shop: Shop = {
  offering: async () => undefined,
  organiser: async () => organiser,
  offerings: async () => ({ items: [], nextCursor: null }),
  slots: async () => undefined,
};

let base = '';
let close = async (): Promise<unknown> => undefined;
beforeAll(async () => {
  const template = '<html lang="en"><!--head--><!--start--></html>';
  const app = createApp({
    pages: createPages({ shop, publicUrl }),
    document: createDocument({ template, publicUrl, start: {} }),
    machines: machineRoutes({ shop, publicUrl }),
    stripeJsUrl: 'https://js.stripe.com/v3/',
    logger: createLogger({ service: 'web', level: 'silent' }),
    metrics: createMetrics({ service: 'web' }),
  });
  ({ url: base, close } = await listening(createServer(app)));
});
afterAll(() => close());

const framing = async (path: string) => {
  const { status, headers } = await fetch(base + path, { redirect: 'manual' });
  const [ancestors] =
    /frame-ancestors [^;]+/.exec(headers.get('content-security-policy') ?? '') ?? [];
  return { status, ancestors, older: headers.get('x-frame-options') };
};

describe('who may frame a document', () => {
  test.each([
    [`/fr/embed/organisers/${id}`, 200],
    [`/fr/embed/checkout/${id}`, 200],
    [`/de/embed/bookings/${id}`, 200],
    // That it is not there is said in the frame too.
    [`/fr/embed/offerings/${id}`, 404],
    ['/fr/embed/sign-in', 404],
  ])('%s: everybody', async (path, status) => {
    expect(await framing(path)).toEqual({ status, ancestors: 'frame-ancestors *', older: null });
  });

  test.each([
    [`/fr/organisers/${id}`, 200],
    ['/fr/sign-in', 200],
    ['/fr/embed', 404],
    [`/fr//embed/organisers/${id}`, 404],
    [`/embed/organisers/${id}`, 302],
    [`/xx/embed/organisers/${id}`, 302],
    ['/robots.txt', 200],
  ])('%s: nobody', async (path, status) => {
    expect(await framing(path)).toEqual({
      status,
      ancestors: "frame-ancestors 'none'",
      older: 'DENY',
    });
  });
});

describe('a document for a frame', () => {
  const html = async (query = '') =>
    (await fetch(`${base}/fr/embed/organisers/${id}${query}`)).text();

  test('is found by nobody who searches, and brings what its scripts would ask first', async () => {
    const text = await html();

    expect(text).toContain('<meta name="robots" content="noindex">');
    expect(text).not.toContain('canonical');
    expect(text).toContain('La Lanterne');
    expect(text).toContain('"seed":[{"key":["organiser"');
  });

  test.each([
    ['', 'light'],
    ['?scheme=dark', 'dark'],
    ['?scheme=%22%3E%3Cscript%3E', 'light'],
    ['?scheme=dark&scheme=light', 'light'],
  ])('%s stands on a ground that is %s', async (query, scheme) => {
    expect(await html(query)).toContain(`<html lang="fr" data-embed="${scheme}">`);
  });
});

describe('the widget', () => {
  test('is loaded by every site, and is another within minutes of a release', async () => {
    const { status, headers } = await fetch(`${base}/widget.js`);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('javascript');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('cache-control')).toBe('public,max-age=300');
  });

  test.each(['gzip', 'br'])('comes as no more than 4 kB, by %s', async (coding) => {
    const headers = { 'accept-encoding': coding };
    const answer = await fetch(`${base}/widget.js`, { headers, method: 'HEAD' });

    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(500);
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(4_000);
  });
});
