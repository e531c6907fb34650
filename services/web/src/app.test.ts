import { createServer } from 'node:http';
import type { OfferingView } from '@guichet/contracts/offerings';
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
const organiser = {
  id: '0197a6f0-0000-7000-8000-0000000000a0',
  name: 'La Lanterne',
  contactEmail: 'salle@example.org',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr' as const,
  accent: '#123456',
  company: null,
  version: 1,
};
const offering: OfferingView = {
  id: '0197a6f0-0000-7000-8000-000000000001',
  organiserId: organiser.id,
  status: 'published',
  version: 3,
  kind: 'event',
  title: { fr: 'Nocturne | jazz', en: 'Nocturne' },
  description: { fr: 'Un trio <script>' },
  venue: { name: 'La Lanterne', timeZone: 'Europe/Paris' },
  currency: 'EUR',
  fares: [
    {
      code: 'full',
      name: { fr: 'Plein' },
      priceCents: 1850,
      takesPlace: true,
      minimum: 0,
      maximum: 9,
    },
  ],
  options: [],
  fees: [],
  tax: null,
  party: { minimum: 1, maximum: 9 },
  asksNames: false,
  refundRules: [],
  termsVersion: '1',
  pictures: [],
};
const slot = {
  slotId: '0197a6f0-0000-7000-8000-0000000000b0',
  startsAt: '2027-01-07T20:30:00+01:00',
  endsAt: '2027-01-07T22:00:00+01:00',
  remaining: 3,
  state: 'few_left' as const,
};

/** What catalog and reservation would answer. */
const shop: Shop = {
  offering: async (id) => (id === offering.id ? offering : undefined),
  organiser: async () => organiser,
  offerings: async () => ({ items: [offering], nextCursor: null }),
  slots: async () => ({
    organiserId: organiser.id,
    timeZone: 'Europe/Paris',
    items: [slot],
  }),
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

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(base + path, { headers, redirect: 'manual' });
const offeringPath = `/fr/offerings/${offering.id}`;

describe('a path without a language', () => {
  test.each([
    ['/', 'de-CH,de;q=0.9,fr;q=0.5', '/de'],
    ['/', 'pt,nl', '/en'],
    [
      '/bookings/0197a6f0-0000-7000-8000-000000000009?from=mail',
      'it',
      '/it/bookings/0197a6f0-0000-7000-8000-000000000009?from=mail',
    ],
    ['//evil.example', 'fr', '/fr//evil.example'],
  ])('%s for %s leads to %s', async (path, language, to) => {
    const answer = await get(path, { 'accept-language': language });

    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(to);
    expect(answer.headers.get('vary')).toMatch(/accept-language/i);
  });
});

describe('the document of an offering', () => {
  test('names it for search engines and previews, and brings what its scripts would ask first', async () => {
    const html = await (await get(offeringPath)).text();

    expect(html).toContain('<title>Nocturne | jazz · La Lanterne</title>');
    expect(html).toContain('Un trio &lt;script&gt;');
    expect(html).toContain(`href="${publicUrl}${offeringPath}.md"`);
    const [, linked = ''] = /ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(linked)['@graph']).toEqual([
      expect.objectContaining({
        '@type': 'Event',
        startDate: slot.startsAt,
        offers: expect.objectContaining({
          lowPrice: '18.50',
          availability: 'https://schema.org/LimitedAvailability',
        }),
      }),
    ]);
    const [, start = ''] = /id="start">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(start).seed.map(({ key }: { key: string[] }) => key[0])).toEqual([
      'offering',
      'organiser',
      'availability',
    ]);
  });

  test('is 404 where there is none, in the language of the address', async () => {
    const answer = await get('/de/offerings/0197a6f0-0000-7000-8000-00000000000f');

    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<title>Seite nicht gefunden · Guichet</title>');
  });

  test('lets nothing in but our own scripts and Stripe’s', async () => {
    const policy = (await get(offeringPath)).headers.get('content-security-policy');

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' https://js.stripe.com;");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe('for programs', () => {
  test('an offering is text, with its dates and how to book', async () => {
    const answer = await get(`${offeringPath}.md`);
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/markdown');
    expect(text).toContain('# Nocturne jazz');
    expect(text).toContain(`| ${slot.slotId} | ${slot.startsAt} | ${slot.endsAt} | few_left | 3 |`);
    expect(text).toContain(`POST ${publicUrl}/api/offerings/${offering.id}/quotes`);
  });

  test('its dates are a calendar', async () => {
    const answer = await get(`${offeringPath}.ics`);

    expect(answer.headers.get('content-type')).toContain('text/calendar');
    expect(await answer.text()).toContain(`UID:${slot.slotId}@guichet`);
  });

  test('one that is not there is a problem that says where those are that are', async () => {
    const answer = await get('/fr/offerings/0197a6f0-0000-7000-8000-00000000000f.md');

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'offering_not_found' });
  });

  test('the sitemap has every public page in five languages, and no other', async () => {
    const xml = await (await get('/sitemap.xml')).text();

    expect(xml.match(/<url>/g)).toHaveLength(3 * 5);
    expect(xml).not.toContain('checkout');
    expect(await (await get('/robots.txt')).text()).toContain('Disallow: /fr/checkout/');
    expect(await (await get('/llms.txt')).text()).toContain(`/en/offerings/${offering.id}.md`);
  });
});
