import { expect } from 'vitest';
import { type Buyer, buys } from './buyer.ts';
import { newAccount, test } from './shop-browser-test.ts';

/** What the page has left on the device. */
const kept = ({ page }: Buyer) =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .concat(Object.keys(sessionStorage))
      .filter((key) => key.startsWith('guichet.')),
  );

test('somebody opens an account, buys, and has it on every device until they sign out', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  const title = await shop.titleOf(slot);
  const account = newAccount();
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.open('/register');
  await guest.writeDetails({ ...account, firstName: 'Ada', lastName: 'Lovelace' });
  await page.getByLabel(t('account.password')).fill(account.password);
  await guest.press('account.registerTitle');
  await page
    .getByRole('main')
    .getByRole('link', { name: t('common.signIn') })
    .click();
  await guest.signIn(account);
  await guest.sees(t('bookings.none'));

  const id = await buys(guest, slot);
  await guest.open('/bookings');
  await guest.booked('bookings.ofAccount').filter({ hasText: title }).click();
  await guest.untilConfirmed();

  const elsewhere = await openBuyer({ screen: 'desktop' });
  await elsewhere.open('/sign-in');
  await elsewhere.signIn(account);
  await elsewhere.booked('bookings.ofAccount').filter({ hasText: title }).click();
  await elsewhere.untilConfirmed();

  await guest.open('/bookings');
  await guest.booked('bookings.ofAccount').waitFor();
  expect(await guest.booked('bookings.ofDevice').count()).toBe(0);
  await guest.press('common.signOut');
  await guest.heading(t('home.title')).waitFor();
  expect(await kept(guest)).toEqual([]);
  expectComplaint(/ 401 /);
  await guest.open(`/bookings/${id}`);
  await guest.sees(t('booking.notFound'));
});

test('who bought as a guest puts the booking into the account they have', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const { page, t } = guest;
  const id = await buys(guest, slot);
  await guest.open('/sign-in');
  await guest.signIn(shop.customer);
  await guest.open(`/bookings/${id}`);
  await guest.press('booking.claim');
  await guest.sees(t('booking.claimed'));

  await guest.open('/bookings');
  const title = await shop.titleOf(slot);
  const listed = page.getByRole('main').getByRole('link', { name: title });
  await guest.booked('bookings.ofAccount').filter({ hasText: title }).waitFor();
  expect(await listed.count()).toBe(1);
});

test('a wrong password is said to be, and what was typed stays', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.open('/sign-in');
  await guest.press('common.signIn');
  expect(await page.getByRole('alert').getByRole('link').count()).toBe(2);
  expectComplaint(/ 401 /);
  await page.getByLabel(t('checkout.email')).fill(shop.customer.email);
  await page.getByLabel(t('account.password')).fill('something else');
  await guest.press('common.signIn');

  await guest.sees(t('problem.credentials_invalid'));
  expect(await page.getByLabel(t('checkout.email')).inputValue()).toBe(shop.customer.email);
});

test('a new password is set by the link of an e-mail', async ({ shop, openBuyer }) => {
  const account = newAccount();
  await shop.register(account);
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.open('/password-reset');
  await page.getByLabel(t('checkout.email')).fill(account.email);
  await guest.press('account.resetAsk');
  await guest.sees(t('account.resetSent'));
  const [mail] = await shop.guest.mails(account.email, 1);
  const link = /https?:\/\/\S*password-reset\S*/.exec(mail?.text ?? '')?.[0] ?? '';

  await page.goto(link);
  await page.getByLabel(t('account.newPassword')).fill('another ticket window');
  await guest.press('account.resetConfirm');
  await page
    .getByRole('main')
    .getByRole('link', { name: t('common.signIn') })
    .click();
  await guest.signIn({ ...account, password: 'another ticket window' });
  await guest.sees(t.with('bookings.signedInAs', { email: account.email }));
  expect(new URL(link).hash).not.toBe('');
});
