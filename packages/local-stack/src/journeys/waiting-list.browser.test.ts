import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { ada, type Buyer, choosesSoldOut } from './buyer.ts';
import { examine } from './examine-browser-test.ts';
import { type Shop, test } from './shop-browser-test.ts';

async function joins(guest: Buyer, email: string): Promise<void> {
  await guest.writeDetails({ ...ada, email });
  await guest.press('waitingList.join');
  await guest.sees(guest.t('waitingList.joined'));
}

const somebody = () => `waits.${randomUUID().slice(0, 8)}@example.com`;

/** The way to a page of ours that an e-mail names, with the capability in its fragment. */
async function linkIn(shop: Shop, email: string, template: string, mails: number): Promise<string> {
  const all = await shop.guest.mails(email, mails);
  const html = all.find((mail) => mail.template === template)?.html ?? '';
  return /href="https?:\/\/[^/"]+(\/(?:waiting-list|bookings)\/[^"]+)"/.exec(html)?.[1] ?? '';
}

test('who comes too late waits, is written to when somebody cancels, and buys', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ capacity: 1 });
  const first = await shop.guest.place(await shop.guest.quote(slot));
  const email = somebody();
  const guest = await openBuyer();
  await choosesSoldOut(guest, slot);
  expect(await guest.button('offering.hold').getAttribute('aria-disabled')).toBe('true');
  await joins(guest, email);
  await guest.sees(guest.t('waitingList.mailed').replace('{email}', email));

  const entry = await linkIn(shop, email, 'waiting_list_joined', 1);
  const later = await openBuyer({ screen: 'desktop' });
  await later.open(entry);
  await later.sees(later.t('waitingList.wait'));
  await shop.guest.cancel(first);
  const offer = await linkIn(shop, email, 'places_offered', 2);
  await later.page.reload();
  await later.sees(later.t('waitingList.offered'));
  await later.open(offer);
  await later.heading(later.t('checkout.title')).waitFor();
  await later.goOnFromHeld();
  await later.untilHeld();
  await later.acceptTerms();
  await later.goOnToPay();
  await later.payByCard();
  await later.untilConfirmed();

  expect(await shop.bookingsOf(slot)).toMatchObject([
    { status: 'CONFIRMED', contact: { email } },
    { status: 'CANCELLED' },
  ]);
  await later.open(entry);
  await later.sees(later.t('waitingList.booked'));
}, 120_000);

test('what is wrong is said in the form, who waits already is told so, and whoever leaves is off the list', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot({ capacity: 1 });
  await shop.guest.place(await shop.guest.quote(slot));
  const email = somebody();
  const guest = await openBuyer({ language: 'fr' });
  await choosesSoldOut(guest, slot);
  await guest.press('waitingList.join');
  await guest.page.getByRole('alert').waitFor();
  expect(await guest.page.getByText(guest.t('field.email')).count()).toBeGreaterThan(0);
  await joins(guest, email);

  expectComplaint(/ 409 /);
  const again = await openBuyer();
  await choosesSoldOut(again, slot);
  await again.writeDetails({ ...ada, email });
  await again.press('waitingList.join');
  await again.sees(again.t('problem.already_waiting'));

  await guest.open(await linkIn(shop, email, 'waiting_list_joined', 1));
  await guest.press('waitingList.leave');
  await guest.sees(guest.t('waitingList.left'));
  expectComplaint(/ 404 /);
  await guest.page.reload();
  await guest.sees(guest.t('problem.entry_not_found'));
}, 120_000);

test('where a room is sold out, its waiting list is there', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot({ capacity: 2 });
  const first = await shop.guest.place(await shop.guest.quote(slot));
  await shop.guest.confirm((await shop.guest.beginCard(first)).clientSecret);
  await shop.guest.until(first, 'CONFIRMED');
  await shop.openRoom(slot, { saleInMs: 3_000 });
  await shop.changeCapacity(slot, 1);
  const guest = await openBuyer({ screen: 'desktop' });
  await guest.openOffering(slot);
  await guest.page.getByText(guest.t('line.soldOut')).waitFor({ timeout: 60_000 });
  await guest.page
    .getByRole('grid')
    .locator(`[aria-label$="${guest.t('day.sold_out')}"]`)
    .click();

  await joins(guest, somebody());
  expect(await shop.remaining(slot)).toBe(0);
}, 120_000);

test('waiting for places can be seen, read, reached and pressed by everybody', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ capacity: 1 });
  await shop.guest.place(await shop.guest.quote(slot));
  const email = somebody();
  const guest = await openBuyer({ language: 'de', screen: 'desktop', reducedMotion: 'reduce' });
  const found: string[] = [];
  const see = async (name: string) => void found.push(...(await examine(guest.page, name)));

  await choosesSoldOut(guest, slot);
  await see('a waiting list');
  await guest.press('waitingList.join');
  await guest.page.getByRole('alert').waitFor();
  await see('a waiting list with errors');
  await joins(guest, email);
  await see('on a waiting list');
  await guest.open(await linkIn(shop, email, 'waiting_list_joined', 1));
  await guest.sees(guest.t('waitingList.wait'));
  await see('an entry of a waiting list');

  expect(found).toEqual([]);
}, 180_000);
