import { axe } from '@guichet/browser/axe';
import type { Page } from '@guichet/browser/browser-test';
import { layoutShift } from '@guichet/browser/layout-shift';
import { targetSizes } from '@guichet/browser/target-sizes';
import { getOffering } from '@guichet/contracts/offerings';
import { describe, expect } from 'vitest';
import type { OpenSlot } from '../e2e/organiser.ts';
import { cards } from './buyer.ts';
import { frameBuyer } from './frame-buyer-browser-test.ts';
import { type HostPage, startHostPage } from './host-page.ts';
import { test as shopTest } from './shop-browser-test.ts';
import { textsOf } from './texts.ts';

const test = shopTest.extend<{ host: HostPage; origins: string[] }>({
  host: async ({ shop }, use) => {
    const host = await startHostPage(shop.gateway);
    await use(host);
    await host.close();
  },
  origins: async ({ shop, host }, use) => use([...shop.origins, host.url]),
});

const inline = (slot: OpenSlot, more = '') => element(slot, `class="inline" ${more}`);
const element = ({ offeringId }: OpenSlot, more = '') =>
  `<guichet-offering offering="${offeringId}" ${more}></guichet-offering>`;

/** What the page around the frame hears, besides heights. */
const hear = (page: Page) =>
  page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['guichet-held', 'guichet-confirmed']) {
      addEventListener(name, () => heard.push(name));
    }
  });
const heardBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard);

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

describe.for(['popup', 'button'] as const)('%s', (mode) => {
  test('is opened, left and opened again by the keyboard, and keeps what was begun', async ({
    shop,
    openPage,
    host,
    origins,
  }) => {
    host.show(element(await shop.openSlot(), `mode="${mode}" accent="#00aa66"`));
    const page = await openPage({ origins, screen: mode === 'button' ? 'phone' : 'desktop' });
    await page.goto(host.url);
    const guest = frameBuyer(page, 'fr');
    const opener = page.getByRole('button', { name: 'Réserver' });
    const dialog = page.getByRole('dialog');
    const focused = () => opener.evaluate((one) => one.matches(':focus'));
    await opener.waitFor();
    expect(page.frames()).toHaveLength(1);
    expect(await axe(page)).toEqual([]);

    await opener.focus();
    await page.keyboard.press('Enter');
    await guest.hold();
    expect(await axe(page)).toEqual([]);
    expect(await targetSizes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused()).toBe(true);

    await page.keyboard.press('Enter');
    await guest.main.getByRole('heading', { name: guest.t('checkout.title') }).waitFor();
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused()).toBe(true);
    expect(await layoutShift(page)).toBeLessThan(0.05);
  });
});

test('the rest of the page stays where it is while the widget comes', async ({
  shop,
  openPage,
  host,
  origins,
}) => {
  host.show(`${inline(await shop.openSlot())}<p class="below">Plus bas</p>`);
  const page = await openPage({ origins });
  await page.goto(host.url);
  const height = await frameBuyer(page, 'fr').settledHeight();

  expect(height).toBeGreaterThan(800);
  expect(await layoutShift(page)).toBeLessThan(0.05);
});

test('in the dark of a site that has one, it is dark too', async ({
  shop,
  openPage,
  host,
  origins,
}) => {
  host.show(inline(await shop.openSlot()));
  const page = await openPage({ origins, colorScheme: 'dark' });
  await page.goto(host.url);
  const guest = frameBuyer(page, 'fr');
  await guest.settledHeight();

  expect(await guest.look()).toMatchObject({ ground: 'rgba(0, 0, 0, 0)', scheme: 'dark' });
  expect(await axe(page)).toEqual([]);
});

test('whoever writes an attribute wrongly is told what to write', async ({
  shop,
  openPage,
  expectComplaint,
  host,
  origins,
}) => {
  const slot = await shop.openSlot();
  host.show(
    `${element({ ...slot, offeringId: 'jazz' })}${element(slot, 'accent="red"')}${element(slot, 'mode="modal"')}${element(slot, 'language="nl"')}`,
  );
  const page = await openPage({ origins });
  expectComplaint(/offering="jazz" is no id/);
  expectComplaint(/accent="red" is no colour/);
  expectComplaint(/mode="modal" is none/);
  expectComplaint(/language="nl" is not spoken/);

  await page.goto(host.url);
  await page.waitForFunction(() => customElements.get('guichet-offering'));

  expect(page.frames()).toHaveLength(1);
});

test('a frame has no page to sign in at', async ({ shop, openPage, expectComplaint, origins }) => {
  const page = await openPage({ origins });
  expectComplaint(/404/);
  await page.goto(`${shop.gateway}/fr/embed/sign-in`);

  await page.getByRole('heading', { name: textsOf('fr')('missing.title') }).waitFor();
  expect(await page.getByRole('link').count()).toBe(0);
});

test('nobody is signed in in a frame, whatever cookies there are', async ({
  shop,
  openPage,
  origins,
}) => {
  const slot = await shop.openSlot();
  const page = await openPage({ origins });
  await page.context().addCookies([{ name: 'theirs', value: 'session', url: shop.gateway }]);
  const posted = page.waitForRequest((request) => request.url().endsWith('/api/bookings'));

  await page.goto(`${shop.gateway}/fr/embed/offerings/${slot.offeringId}`);
  const main = page.getByRole('main');
  const t = textsOf('fr');
  await main.getByRole('button', { name: t.before('offering.next') }).click();
  await main.getByRole('button', { name: t('offering.hold'), exact: true }).click();

  expect((await (await posted).allHeaders()).cookie).toBeUndefined();
});
