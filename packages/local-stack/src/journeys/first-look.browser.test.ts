import { axe } from '@guichet/browser/axe';
import { expect } from 'vitest';
import { test } from './shop-browser-test.ts';

/* What `make test` looks at of the page: one purchase, and three pages on its way. */
test('a guest buys on a phone, and axe finds nothing on the way', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page } = guest;

  await guest.open();
  await guest.heading(guest.t('home.title')).waitFor();
  expect(await axe(page)).toEqual([]);

  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.untilPriced();
  expect(await axe(page)).toEqual([]);

  await guest.holdPlaces();
  const id = await guest.untilHeld();
  await guest.fillDetails();
  await guest.payByCard();
  await guest.untilConfirmed();
  expect(await axe(page)).toEqual([]);
  expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CONFIRMED', places: 1 }]);
});
