import { expect } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { buyer, comesToPay, holds } from './buyer.ts';
import { test } from './shop-browser-test.ts';

test('whoever closes the tab after paying finds the ticket', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page } = guest;
  await comesToPay(guest, slot);
  await guest.fillCard();
  const confirmed = page.waitForResponse(/\/confirm$/);
  await guest.pay();
  await confirmed;
  const later = buyer(await page.context().newPage(), { gateway: shop.gateway });
  await page.close();

  await eventually(async () =>
    expect(await shop.bookingsOf(slot)).toMatchObject([{ status: 'CONFIRMED' }]),
  );
  await later.open('/bookings');
  await later.page.getByRole('link', { name: await shop.titleOf(slot) }).click();
  await later.untilConfirmed();
});

test('an answer that is lost once is a payment all the same', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.fillCard();
  await shop.breakStripe(id, {
    fault: 'execute_then_drop',
    operation: 'payment_intents.confirm',
  });
  // The browser itself asks again, and is refused what is done.
  expectComplaint(/ 400 |net::ERR_/);
  await guest.pay();

  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('an answer that never comes is asked for, before anybody is told to pay again', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const { page } = guest;
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.fillCard();
  expectComplaint(/\/confirm|net::ERR_/);
  await page.route(/\/v1\/payment_intents\/.*\/confirm$/, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await guest.pay();

  // Long before the page would have looked by itself.
  await page.waitForURL(/\/bookings\//, { timeout: 8_000 });
  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('where nobody answers, nobody is told that they have not paid', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const { page, t } = guest;
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.fillCard();
  expectComplaint(/payment_intents|net::ERR_/);
  await page.route(/\/v1\/payment_intents\//, (route) => route.abort('connectionreset'));
  await guest.pay();
  await guest.sees(t('problem.unanswered'));
  expect(await page.getByText(t('checkout.declined')).count()).toBe(0);
  await page.unroute(/\/v1\/payment_intents\//);
  await guest.pay();

  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('money that takes its time is waited for, without a button that would pay again', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer();
  const { page } = guest;
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.fillCard();
  await shop.breakStripe(id, {
    fault: 'settle_later',
    ms: 10_000,
    operation: 'payment_intents.confirm',
  });
  await guest.pay();

  await guest.heading(guest.t('booking.pending')).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('news of a payment that comes late turns into the ticket by itself', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer();
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.fillCard();
  await shop.breakStripe(id, {
    fault: 'webhook_delay',
    ms: 10_000,
    types: ['payment_intent.succeeded'],
  });
  await guest.pay();

  await guest.heading(guest.t('booking.pending')).waitFor();
  await guest.untilConfirmed();
  expect(await guest.code.count()).toBe(1);
});

test('whoever comes back from a bank that said no can pay in another way', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer();
  const id = await comesToPay(guest, await shop.openSlot());
  await guest.payButton.waitFor();
  // As Stripe leads back from a bank that takes the whole window.
  await guest.open(`/bookings/${id}?redirect_status=failed`);
  await guest.goOnFromHeld();
  await guest.untilHeld();
  await guest.acceptTerms();
  await guest.goOnToPay();
  await guest.payByCard();

  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('a booking that is held and not paid leads on to paying, and not to waiting', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const id = await holds(guest, slot);
  await guest.open('/bookings');
  await guest.page.getByRole('link', { name: await shop.titleOf(slot) }).click();
  await guest.goOnFromHeld();

  expect(await guest.untilHeld()).toBe(id);
});
