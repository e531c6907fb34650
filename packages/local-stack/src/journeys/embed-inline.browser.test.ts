import { axe } from '@guichet/browser/axe';
import { layoutShift } from '@guichet/browser/layout-shift';
import { getOffering } from '@guichet/contracts/offerings';
import { describe, expect } from 'vitest';
import { cards } from './buyer.ts';
import { element, hear, heardBy, inline, test } from './embed-browser-test.ts';
import { frameBuyer } from './frame-buyer-browser-test.ts';

describe('inline', () => {
  test('a guest buys in a site of another origin, and nothing moves, complains or sets a cookie', async ({
    shop,
    openPage,
    host,
    origins,
  }) => {
    const slot = await shop.openSlot();
    host.show(inline(slot, 'language="fr" accent="#0a6"'));
    const page = await openPage({ origins, screen: 'phone' });
    await hear(page);
    await page.goto(host.url);
    const guest = frameBuyer(page, 'fr');

    await guest.hold();
    expect(await guest.heightOfContent()).toBeGreaterThan(1_000);
    expect(await guest.heightOfFrame()).toBeCloseTo(await guest.heightOfContent(), -1);
    expect(await guest.topOfFrame()).toBeGreaterThanOrEqual(0);
    expect(await guest.look()).toEqual({
      ground: 'rgba(0, 0, 0, 0)',
      colour: '#00aa66',
      scheme: 'light',
    });
    expect(await axe(page)).toEqual([]);
    await guest.fillsIn();
    await guest.pays();
    await guest.isConfirmed();

    expect(await heardBy(page)).toEqual(['guichet-held', 'guichet-confirmed']);
    expect(await shop.remaining(slot)).toBe(19);
    expect(await page.context().cookies()).toEqual([]);
    expect(await layoutShift(page)).toBeLessThan(0.05);
    expect(page.url()).toBe(`${host.url}/`);
  });

  test('where the browser keeps nothing for a frame, too', async ({
    shop,
    openPage,
    host,
    origins,
  }) => {
    const slot = await shop.openSlot();
    host.show(element(slot));
    const page = await openPage({ origins });
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('The document may keep nothing.', 'SecurityError');
          },
        });
      }
    });
    await page.goto(host.url);
    // The language is the page's own, where the element has none.
    const guest = frameBuyer(page, 'fr');

    await guest.hold();
    await guest.fillsIn();
    await guest.pays();
    await guest.isConfirmed();

    expect(await shop.remaining(slot)).toBe(19);
  });

  test('a bank that asks is answered in a frame of the frame', async ({
    shop,
    openPage,
    host,
    origins,
  }) => {
    const slot = await shop.openSlot();
    host.show(element(slot));
    const page = await openPage({ origins, screen: 'phone' });
    await page.goto(host.url);
    const guest = frameBuyer(page, 'fr');

    await guest.hold();
    await guest.fillsIn();
    await guest.pays(cards.asksBank);
    await guest.answersBank();

    await guest.isConfirmed();
    expect(await shop.remaining(slot)).toBe(19);
  });

  test('hears nobody but its own frame', async ({ shop, openPage, host, origins }) => {
    host.show(element(await shop.openSlot()));
    const page = await openPage({ origins });
    await hear(page);
    await page.goto(host.url);
    const guest = frameBuyer(page, 'fr');
    await guest.main.getByRole('heading', { level: 1 }).waitFor();
    const before = await guest.settledHeight();

    await page.evaluate(async () => {
      for (const told of [{ type: 'height', height: 5_000 }, { type: 'held' }]) {
        postMessage({ guichet: told }, '*');
      }
      await new Promise((handled) => setTimeout(handled, 100));
    });

    expect(await guest.heightOfFrame()).toBe(before);
    expect(await heardBy(page)).toEqual([]);
  });

  test('shows all that an organiser sells, and one of it in the same frame', async ({
    shop,
    openPage,
    host,
    origins,
  }) => {
    const slot = await shop.openSlot();
    const { organiserId, title } = await shop.api.call(getOffering, {
      params: { id: slot.offeringId },
    });
    host.show(
      `<guichet-organiser organiser="${organiserId}" language="en" scheme="light"></guichet-organiser>`,
    );
    // A neighbour, whose frames Chromium keeps things for; it refuses them to strangers' here.
    const neighbour = host.url.replace('127.0.0.1', 'localhost');
    const page = await openPage({ origins: [...origins, neighbour] });
    await page.goto(neighbour);
    const guest = frameBuyer(page, 'en');

    await guest.main.getByRole('link', { name: title.en ?? '', exact: true }).click();
    await guest.hold();

    expect(await shop.remaining(slot)).toBe(19);
    const kept = await page.frames()[1]?.evaluate(() => localStorage.getItem('guichet.bookings'));
    expect(kept).toContain(slot.offeringId);
  });
});
