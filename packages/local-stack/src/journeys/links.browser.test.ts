import { describe, expect } from 'vitest';
import { buys } from './buyer.ts';
import { test } from './shop-browser-test.ts';

const nobodys = '0197a6f0-0000-7000-8000-00000000000f';
const forged = 'A'.repeat(44);
const refused = / 40[014] /;

describe('a link that leads nowhere says so, and where to go on', () => {
  test.for([
    [
      'to a booking with a forged token',
      `/bookings/${nobodys}#${forged}`,
      'booking.notFound',
      'common.myBookings',
    ],
    [
      'to a booking with a token cut short',
      `/bookings/${nobodys}#wrong`,
      'booking.notFound',
      'common.myBookings',
    ],
    ['to a booking without one', `/bookings/${nobodys}`, 'booking.notFound', 'common.myBookings'],
    ['to a booking whose id is none', '/bookings/42', 'booking.notFound', 'common.myBookings'],
    ['to a checkout of nobody’s', `/checkout/${nobodys}`, 'booking.notFound', 'common.myBookings'],
    ['to an offering that is not there', `/offerings/${nobodys}`, 'missing.title', 'common.home'],
    ['to an offering whose id is none', '/offerings/42', 'missing.title', 'common.home'],
    ['to an organiser that is not there', `/organisers/${nobodys}`, 'missing.title', 'common.home'],
    ['to no page at all', '/nowhere/at/all', 'missing.title', 'common.home'],
  ] as const)('%s', async ([, path, said, way], { openBuyer, expectComplaint }) => {
    const guest = await openBuyer();
    expectComplaint(refused);

    await guest.open(path);

    await guest.heading(guest.t(said)).waitFor();
    const main = guest.page.getByRole('main');
    await main.getByRole('link', { name: guest.t(way) }).click();
    await guest.heading(guest.t(way === 'common.home' ? 'home.title' : way)).waitFor();
    expect(guest.page.url()).not.toContain('#');
  });
});

test('the link of the e-mail opens the booking elsewhere, and keeps its token out of the address', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const placed = await shop.guest.place(await shop.guest.quote(slot));
  const { clientSecret } = await shop.guest.beginCard(placed);
  await shop.guest.confirm(clientSecret);
  const mails = await shop.guest.mails(placed.email, 1);
  const link = /https?:\/\/\S*\/bookings\/\S+#\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '';
  const guest = await openBuyer();
  const { page } = guest;

  await page.goto(link);
  await guest.untilConfirmed();
  expect(page.url()).toBe(`${shop.gateway}/en/bookings/${placed.id}`);
  await page.reload();
  await guest.untilConfirmed();
});

test('who skips to the content, or whose link has lost its end, still opens what the device knows', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer();
  const { page, t } = guest;
  const id = await buys(guest, await shop.openSlot());
  await page.keyboard.press('Shift+Tab');
  await guest.open(`/bookings/${id}#content`);
  await guest.untilConfirmed();
  await guest.press('booking.pdf');
  expect(await page.getByText(t('booking.notFound')).count()).toBe(0);
});

test('a booking is cancelled when its refund was shown, and its code is gone from the device', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page, t } = guest;
  const id = await buys(guest, slot);
  await guest.press('booking.cancel');
  const dialog = page.getByRole('dialog', { name: t('booking.cancelQuestion') });
  await dialog.getByText('We pay €21.00 of €21.00 back to you.').waitFor();
  await dialog.getByRole('button', { name: t('booking.cancelNo') }).click();
  expect(await shop.remaining(slot)).toBe(19);

  await guest.press('booking.cancel');
  await dialog.getByRole('button', { name: t('booking.cancelYes') }).click();
  await guest.heading(t('booking.cancelled')).waitFor();
  expect(await guest.code.count()).toBe(0);
  expect(await shop.remaining(slot)).toBe(20);
  expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CANCELLED' }]);
  await shop.untilRefunded(id);

  expectComplaint(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.context().setOffline(true);
  await page.reload();
  await guest.sees(t('problem.unanswered'));
  expect(await guest.code.count()).toBe(0);
});
