import { listOfferings } from '@guichet/contracts/offerings';
import { expect } from 'vitest';
import { cards, holds } from './buyer.ts';
import { examine } from './examine-browser-test.ts';
import { test } from './shop-browser-test.ts';

/* In German, whose words are the longest, and without movement. */
const look = { language: 'de', screen: 'desktop', reducedMotion: 'reduce' } as const;

test('finding and choosing can be seen, read, reached and pressed by everybody', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer(look);
  const { page, t } = guest;
  const found: string[] = [];
  const see = async (name: string) => void found.push(...(await examine(page, name)));

  await guest.open();
  await guest.heading(t('home.title')).waitFor();
  await see('home');
  await guest.open('?view=calendar');
  await guest.heading(t('home.title')).waitFor();
  await see('home, day by day');
  await guest.open('?q=nothing-is-called-so');
  await guest.sees(t('home.none'));
  await see('home, where nothing is found');

  // One offering of each demo organiser, in its own colour.
  const { items } = await shop.api.call(listOfferings, { query: { limit: 100 } });
  const demo = items.filter(({ pictures }) => pictures.length > 0);
  const oneOfEach = new Map(demo.map((offering) => [offering.organiserId, offering]));
  expect(oneOfEach.size).toBe(3);
  for (const { id, organiserId, title } of oneOfEach.values()) {
    await guest.openOffering({ offeringId: id });
    await guest.chooseNextDate();
    await see(`offering ${title.en}, chosen`);
    await guest.open(`/organisers/${organiserId}`);
    await page.getByRole('article').first().waitFor();
    await see(`organiser of ${title.en}`);
  }
  const [{ organiserId } = { organiserId: '' }] = demo;
  await guest.open(`/organisers/${organiserId}/pages/terms`);
  await page.getByRole('article').waitFor();
  await see('terms');
  await guest.openOffering(await shop.openSlot());
  await see('offering, nothing chosen');

  expect(found).toEqual([]);
}, 240_000);

test('buying can be seen, read, reached and pressed by everybody', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot({ asksNames: true });
  const guest = await openBuyer(look);
  const { page, t } = guest;
  const found: string[] = [];
  const see = async (name: string) => void found.push(...(await examine(page, name)));

  const id = await holds(guest, slot);
  await see('checkout');
  await guest.goOnToPay();
  await page.getByRole('alert').waitFor();
  await see('checkout with errors');
  await guest.open(`/bookings/${id}`);
  await guest.heading(t('checkout.title')).waitFor();
  await see('booking, held');
  await guest.goOnFromHeld();
  await guest.untilHeld();
  await guest.nameAttendees('Ada Lovelace');
  await guest.fillDetails();
  await guest.payButton.waitFor();
  await see('payment');
  expectComplaint(/ 402 /);
  await guest.payByCard(cards.declined);
  await guest.sees(t('checkout.declined'));
  await see('payment declined');
  await guest.payByCard();
  await guest.untilConfirmed();
  await see('booking confirmed');
  await guest.press('booking.cancel');
  await page.getByRole('dialog').waitFor();
  await see('booking, about to be cancelled');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('booking.cancelYes') })
    .click();
  await guest.heading(t('booking.cancelled')).waitFor();
  await see('booking cancelled');

  expect(found).toEqual([]);
}, 240_000);

test('one’s own pages, and those that are not there, can be used by everybody', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer(look);
  const { page, t } = guest;
  const found: string[] = [];
  const see = async (name: string) => void found.push(...(await examine(page, name)));

  await guest.open('/bookings');
  await guest.sees(t('bookings.none'));
  await see('my bookings, none');
  await holds(guest, await shop.openSlot());
  await guest.open('/register');
  await guest.press('account.registerTitle');
  await page.getByRole('alert').waitFor();
  await see('register with errors');
  await guest.open('/password-reset');
  await guest.heading(t('account.resetTitle')).waitFor();
  await see('password reset');
  await guest.open('/sign-in');
  await guest.heading(t('account.signInTitle')).waitFor();
  await see('sign-in');
  await guest.signIn(shop.customer);
  await guest.sees(t('bookings.ofDevice'));
  await see('my bookings');

  expectComplaint(/ 40[014] /);
  await guest.open('/nowhere');
  await guest.heading(t('missing.title')).waitFor();
  await see('missing');
  await guest.open('/bookings/0197a6f0-0000-7000-8000-00000000000f');
  await guest.heading(t('booking.notFound')).waitFor();
  await see('booking not found');

  expect(found).toEqual([]);
}, 240_000);
