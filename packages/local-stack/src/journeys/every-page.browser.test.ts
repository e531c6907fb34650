import { axe } from '@guichet/browser/axe';
import { focusNotObscured } from '@guichet/browser/focus-not-obscured';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';
import { transferred } from '@guichet/browser/transferred';
import { getOffering } from '@guichet/contracts/offerings';
import { expect } from 'vitest';
import type { Buyer } from './buyer.ts';
import { type Shop, test } from './shop-browser-test.ts';

/** Places that are bought, and every address that a customer then knows. */
async function knownPaths(shop: Shop, guest: Buyer): Promise<string[]> {
  const slot = await shop.openSlot();
  const { organiserId } = await shop.api.call(getOffering, { params: { id: slot.offeringId } });
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.holdPlaces();
  const id = await guest.untilHeld();
  await guest.fillDetails();
  await guest.payByCard();
  await guest.untilConfirmed();
  return [
    '',
    '?view=calendar',
    `/organisers/${organiserId}`,
    `/organisers/${organiserId}/pages/terms`,
    `/offerings/${slot.offeringId}`,
    `/bookings/${id}`,
    '/bookings',
    '/sign-in',
    '/register',
    '/password-reset',
  ];
}

test.for(['light', 'dark'] as const)(
  'every page is as WCAG asks, %s',
  async (colorScheme, { shop, openBuyer }) => {
    const guest = await openBuyer({ colorScheme });
    const { page } = guest;
    for (const path of await knownPaths(shop, guest)) {
      await guest.open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(300);
      expect(await axe(page), path).toEqual([]);
      expect(await targetSizes(page), path).toEqual([]);
      expect(await reflows(page), path).toEqual([]);
    }
  },
);

test('the focus is seen wherever it goes', async ({ shop, openBuyer }) => {
  const guest = await openBuyer({ screen: 'desktop' });
  const slot = await shop.openSlot();
  for (const path of ['', '/sign-in', `/offerings/${slot.offeringId}`]) {
    await guest.open(path);
    await guest.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await focusNotObscured(guest.page), path).toEqual([]);
  }
});

test('choosing places costs at most 130 kB of script and 20 kB of styles', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer({ origins: [shop.gateway] });

  const { scriptBytes, styleBytes } = await transferred(guest.page, async () => {
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await guest.untilPriced();
  });

  // A measure that sees nothing would be below any limit.
  expect(scriptBytes).toBeGreaterThan(50_000);
  expect(scriptBytes).toBeLessThan(130_000);
  expect(styleBytes).toBeGreaterThan(2_000);
  expect(styleBytes).toBeLessThan(20_000);
});

test('a pass that was seen once is there without a network', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const { page } = guest;
  await knownPaths(shop, guest);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load/);

  await page.context().setOffline(true);
  await page.reload();

  await guest.code.first().waitFor();
  expect(await guest.code.count()).toBe(1);
});

test('a link that opens no booking leads on, in words', async ({ openBuyer, expectComplaint }) => {
  const guest = await openBuyer({ language: 'fr' });
  expectComplaint(/ 40[014] /);

  await guest.open('/bookings/0197a6f0-0000-7000-8000-00000000000f#forged');

  await guest.sees(guest.t('booking.notFound'));
  expect(await guest.page.getByRole('main').getByRole('link').count()).toBeGreaterThan(0);
});
