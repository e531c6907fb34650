import { describe, expect } from 'vitest';
import { buyer, buys, comesToPay, holds } from './buyer.ts';
import { test } from './shop-browser-test.ts';

describe('one booking and one payment', () => {
  test('however fast the buttons are pressed twice', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await guest.untilPriced();
    await guest.button('offering.hold').dblclick();
    const id = await guest.untilHeld();
    await guest.fillDetails();
    await guest.fillCard();
    await guest.payButton.dblclick();
    await guest.untilConfirmed();

    expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CONFIRMED' }]);
    expect(await shop.timesPaid(id)).toBe(1);
  });

  test('when the answer of the hold is lost and the button is pressed again', async ({
    shop,
    openBuyer,
    expectComplaint,
  }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const { page } = guest;
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await guest.untilPriced();
    expectComplaint(/api\/bookings/);
    await page.route(
      '**/api/bookings',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );

    await guest.holdPlaces();
    await guest.sees(guest.t('problem.unanswered'));
    await guest.holdPlaces();

    const id = await guest.untilHeld();
    expect(await shop.bookingsOf(slot)).toMatchObject([{ id }]);
  });
});

describe('the back button', () => {
  test('after holding leads to the dates, which say what is held and lead on', async ({
    shop,
    openBuyer,
  }) => {
    // Nobody else is to be told that the last places are one’s own.
    const slot = await shop.openSlot({ capacity: 1 });
    const guest = await openBuyer();
    const { page } = guest;
    const id = await holds(guest, slot);
    await page.goBack();
    await page.waitForURL(/\/offerings\//);
    await guest.goOnFromHeld();

    expect(await guest.untilHeld()).toBe(id);
    await guest.fillDetails();
    await guest.payByCard();
    await guest.untilConfirmed();
    expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CONFIRMED' }]);
  });

  test('while paying comes back to the same payment', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const { page } = guest;
    const id = await comesToPay(guest, slot);
    await guest.payButton.waitFor();
    await page.goBack();
    await page.waitForURL(/\/offerings\//);
    await page.goForward();
    expect(await guest.untilHeld()).toBe(id);
    await guest.acceptTerms();
    await guest.goOnToPay();
    await guest.payByCard();

    await guest.untilConfirmed();
    expect(await shop.timesPaid(id)).toBe(1);
  });

  test('after paying never comes to a form that would pay again', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const { page } = guest;
    const id = await buys(guest, slot);
    await page.goBack();
    await page.waitForURL(/\/offerings\//);
    await page.goForward();
    await guest.untilConfirmed();

    await guest.open(`/checkout/${id}`);
    await guest.untilConfirmed();
    expect(await shop.bookingsOf(slot)).toHaveLength(1);
    expect(await shop.timesPaid(id)).toBe(1);
  });
});

test('two tabs of one checkout pay once, and both end at the ticket', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  const first = await openBuyer();
  const id = await holds(first, slot);
  const second = buyer(await first.page.context().newPage(), { gateway: shop.gateway });
  await second.open(`/checkout/${id}`);
  for (const tab of [first, second]) {
    await tab.fillDetails();
    await tab.fillCard();
  }
  // Stripe refuses the second with a 400, and says that the payment has succeeded.
  expectComplaint(/ 400 /);
  await first.pay();
  await first.untilConfirmed();
  await second.pay();

  await second.untilConfirmed();
  expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CONFIRMED' }]);
  expect(await shop.timesPaid(id)).toBe(1);
});
