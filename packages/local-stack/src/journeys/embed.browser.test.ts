import { axe } from '@guichet/browser/axe';
import { layoutShift } from '@guichet/browser/layout-shift';
import { targetSizes } from '@guichet/browser/target-sizes';
import { describe, expect } from 'vitest';
import { element, inline, test } from './embed-browser-test.ts';
import { frameBuyer } from './frame-buyer-browser-test.ts';
import { textsOf } from './texts.ts';

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
