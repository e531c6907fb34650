import { expect } from 'vitest';
import { type Buyer, buys } from './buyer.ts';
import { test } from './shop-browser-test.ts';

/** Chromium says of each request that there is no network. */
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

const untilKept = ({ page }: Buyer) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise((later) => setTimeout(later, 20));
  });

test('a ticket that was seen once opens without a network, with its code', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const { page } = guest;
  const id = await buys(guest, await shop.openSlot());
  const code = await guest.code.innerHTML();
  await untilKept(guest);
  expectComplaint(noNetwork);
  await page.context().setOffline(true);

  await page.reload();
  await guest.code.waitFor();
  expect(await guest.code.innerHTML()).toBe(code);

  await guest.open('/bookings');
  await page.getByRole('main').getByRole('link').last().click();
  await guest.code.waitFor();
  expect(page.url()).toContain(id);
});

test('what was never seen says what to do, and comes by itself when it is tried again', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.open();
  await guest.heading(t('home.title')).waitFor();
  await untilKept(guest);
  expectComplaint(noNetwork);
  await page.context().setOffline(true);

  await guest.openOffering(slot);
  await guest.sees(t('problem.unanswered'));
  expect(await guest.button('common.retry').count()).toBeGreaterThan(0);
  await page.context().setOffline(false);
  await guest.press('common.retry');
  await guest.heading(await shop.titleOf(slot)).waitFor();
});

test('a purchase that loses the network is told so, and goes on when it is back', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.untilPriced();
  expectComplaint(noNetwork);
  await page.context().setOffline(true);
  await guest.holdPlaces();
  await guest.sees(t('problem.unanswered'));
  await page.context().setOffline(false);
  await guest.holdPlaces();
  await guest.untilHeld();
  await page.context().setOffline(true);
  await guest.fillDetails();
  await guest.sees(t('problem.unanswered'));
  await page.context().setOffline(false);
  await guest.goOnToPay();
  await guest.payByCard();

  await guest.untilConfirmed();
  expect(await shop.bookingsOf(slot)).toHaveLength(1);
});
