import { expect } from 'vitest';
import { buys } from './buyer.ts';
import { test } from './shop-browser-test.ts';

test('who has booked changes whom it is for and in which language they are written to', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer({ language: 'fr' });
  const { page, t } = guest;
  const id = await buys(guest, slot);
  await guest.press('checkout.changeDetails');
  await page.getByLabel(t('checkout.email')).fill('grace at example');
  await guest.press('booking.saveContact');
  await page
    .getByRole('alert')
    .getByRole('link', { name: new RegExp(t('field.email')) })
    .waitFor();

  await page.getByLabel(t('checkout.email')).fill('grace@example.com');
  await page.getByLabel(t('checkout.firstName')).fill('Grace');
  await page.getByRole('main').getByText('Italiano').click();
  await guest.press('booking.saveContact');
  await guest.sees(t.with('booking.contactChanged', { email: 'grace@example.com' }));

  expect(await shop.bookingsOf(slot)).toMatchObject([
    { id, contact: { email: 'grace@example.com', firstName: 'Grace', language: 'it' } },
  ]);
  expect(
    await guest.button('checkout.changeDetails').evaluate((one) => one.matches(':focus')),
  ).toBe(true);
});

test('who comes in somebody’s place is named, and nobody is where nothing is changed', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ asksNames: true });
  const guest = await openBuyer({ screen: 'desktop' });
  const { t } = guest;
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.holdPlaces();
  await guest.untilHeld();
  await guest.nameAttendees('Ada Lovelace');
  await guest.fillDetails();
  await guest.payByCard();
  await guest.untilConfirmed();

  await guest.press('checkout.changeDetails');
  await guest.nameAttendees('Grace Hopper');
  await guest.press('booking.keepContact');
  expect(await shop.bookingsOf(slot)).toMatchObject([{ attendees: [{ firstName: 'Ada' }] }]);
  await guest.press('checkout.changeDetails');
  await guest.nameAttendees('Grace Hopper');
  await guest.press('booking.saveContact');
  await guest.sees(t.with('booking.contactChanged', { email: 'ada@example.com' }));

  expect(await shop.bookingsOf(slot)).toMatchObject([{ attendees: [{ firstName: 'Grace' }] }]);
});
