import type { Page } from '@guichet/browser/browser-test';
import { expect } from 'vitest';
import { buyer } from './buyer.ts';
import { test } from './shop-browser-test.ts';

/** A page of more stops than this has lost whoever uses the keyboard. */
const mostStops = 80;

/** What has the focus, by its name and what belongs to it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    // Where nothing has the focus, the page itself has, with all that is written in it.
    if (!element || element.matches('body, main')) return '';
    const label = element.labels?.[0]?.textContent ?? '';
    return `${element.getAttribute('aria-label') ?? ''} ${label} ${element.textContent} ${element.title}`;
  });

/** Presses Tab until what has the focus is called so, as somebody does who knows what they look for. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const met: string[] = [];
  for (let stop = 0; stop < mostStops; stop += 1) {
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press('Tab');
    // A frame has a process of its own, which takes the focus a moment later. A date is three stops.
    await page
      .waitForFunction((one) => document.activeElement !== one, before, { timeout: 300 })
      .catch(() => {});
    const now = await focused(page);
    if (name.test(now)) return;
    met.push(now.trim().slice(0, 40));
  }
  throw new Error(`No ${name} among ${met.join(' | ')}`);
}

async function press(page: Page, name: RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

async function type(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

test('the keyboard alone finds, chooses, holds, pays and saves', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot({ startsInHours: 24 * 30 });
  const later = await shop.addSlot(slot, { capacity: 20, startsInHours: 24 * 31 });
  const title = await shop.titleOf(slot);
  const guest = await openBuyer({ screen: 'desktop' });
  const { page, t } = guest;
  const { keyboard } = page;

  await guest.open();
  await guest.heading(t('home.title')).waitFor();
  await press(page, /^ *Skip to the content/);
  await type(page, new RegExp(t('home.search')), title);
  await page.getByRole('link', { name: title }).waitFor();
  await press(page, new RegExp(title));
  await guest.heading(title).waitFor();
  await page.getByRole('main').getByRole('link', { name: /^by / }).waitFor();
  // Another page begins at its content, and not where the one before was left.
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^ +by /);

  // The grid is one stop; the day after its first is one arrow away.
  await tabTo(page, /: places left/);
  await keyboard.press('ArrowRight');
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.day))
    .toBe(await shop.dayOf(later));
  await keyboard.press('Enter');
  await tabTo(page, new RegExp(t.with('offering.more', { name: 'Adult' })));
  await keyboard.press('Space');
  await guest.untilPriced();
  await press(page, new RegExp(t('offering.hold')));
  await guest.untilHeld();

  await type(page, new RegExp(`^ *${t('checkout.email')}`), 'ada@example.com');
  await type(page, new RegExp(t('checkout.firstName')), 'Ada');
  await type(page, new RegExp(t('checkout.lastName')), 'Lovelace');
  await press(page, /I accept the terms/, 'Space');
  await press(page, /Continue to payment/);
  await guest.payButton.waitFor();
  await page.waitForFunction(() => document.querySelector('main form button:not([aria-disabled])'));

  await tabTo(page, /payment/i);
  const card = () => page.frames().find((frame) => frame.url().includes('payment'));
  await expect.poll(() => card()?.evaluate(() => document.activeElement?.id)).toBe('number');
  await keyboard.type('4242424242424242');
  await keyboard.press('Tab');
  await keyboard.type('1234');
  await keyboard.press('Tab');
  await keyboard.type('123');
  await keyboard.press('Enter');
  await guest.untilConfirmed();

  const downloading = page.waitForEvent('download');
  await press(page, new RegExp(t('booking.calendar')));
  expect((await downloading).suggestedFilename()).toMatch(/\.ics$/);
  expect(await shop.bookingsOf(later)).toMatchObject([{ status: 'CONFIRMED', places: 2 }]);
});

test('the keyboard alone cancels, and Escape keeps the booking', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot();
  const placed = await shop.guest.place(await shop.guest.quote(slot));
  const { clientSecret } = await shop.guest.beginCard(placed);
  await shop.guest.confirm(clientSecret);
  const guest = await openBuyer({ screen: 'desktop' });
  const { page, t } = guest;
  await guest.open(`/bookings/${placed.id}#${placed.manageToken}`);
  await guest.untilConfirmed();
  const dialog = page.getByRole('dialog');

  await press(page, new RegExp(t('booking.cancel')));
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused(page)).toContain(t('booking.cancel'));
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await press(page, new RegExp(t('booking.cancelYes')));
  await guest.heading(t('booking.cancelled')).waitFor();

  expect(await shop.remaining(slot)).toBe(20);
});

test('a language is chosen by the keyboard, and the page goes on where it was', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer({ screen: 'desktop' });
  await guest.openOffering(slot);
  await guest.sees(guest.t('offering.chooseDate'));
  await press(guest.page, /Deutsch/);
  const inGerman = buyer(guest.page, { gateway: shop.gateway, language: 'de' });

  await inGerman.sees(inGerman.t('offering.chooseDate'));
  expect(guest.page.url()).toBe(`${shop.gateway}/de/offerings/${slot.offeringId}`);
  expect(await guest.page.locator('html').getAttribute('lang')).toBe('de');
});
