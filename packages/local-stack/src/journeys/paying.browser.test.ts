import { describe, expect } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { cards, comesToPay, holds } from './buyer.ts';
import { test } from './shop-browser-test.ts';

/** Chromium writes every refusal to the console; a card that is declined is one. */
const refusedBy402 = /^console: Failed to load resource: .* 402 /;

describe('a card that does not pay keeps the places, and another one buys them', () => {
  test.for([
    ['is declined', cards.declined, 'Your card was declined.'],
    ['has too little on it', cards.empty, 'Your card has insufficient funds.'],
  ] as const)('one that %s', async ([, number, words], { shop, openBuyer, expectComplaint }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const id = await comesToPay(guest, slot);
    expectComplaint(refusedBy402);

    await guest.payByCard(number);
    await guest.sees(words);
    await guest.sees(guest.t('checkout.declinedHint'));
    expect(await shop.remaining(slot)).toBe(19);

    await guest.payByCard();
    await guest.untilConfirmed();
    expect(await shop.bookingsOf(slot)).toMatchObject([{ id, status: 'CONFIRMED' }]);
    expect(await shop.timesPaid(id)).toBe(1);
  });

  test('one whose bank is not satisfied', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer({ screen: 'desktop' });
    const id = await comesToPay(guest, slot);

    await guest.payByCard(cards.asksBank);
    await guest.answerBank('Fail');
    await guest.sees(guest.t('checkout.declined'));
    expect(await shop.remaining(slot)).toBe(19);

    await guest.payByCard();
    await guest.untilConfirmed();
    expect(await shop.timesPaid(id)).toBe(1);
  });
});

test('a bank that asks is answered over the page, and the places are bought', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  const id = await comesToPay(guest, slot);

  await guest.payByCard(cards.asksBank);
  await guest.answerBank('Complete');

  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(1);
});

test('a card that is not filled in is said to be so beside its fields', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer();
  await comesToPay(guest, await shop.openSlot());
  await guest.payByCard('4242424242424241');

  await guest.page.frameLocator('iframe').getByText('Your card number is invalid.').waitFor();
  expect(await guest.page.getByText(guest.t('checkout.declined')).count()).toBe(0);
});

describe('details are looked at before anything is paid', () => {
  test('what is missing is said together, with a way to each field', async ({
    shop,
    openBuyer,
  }) => {
    const guest = await openBuyer();
    const { page, t } = guest;
    await holds(guest, await shop.openSlot());
    await page.getByLabel(t('checkout.email')).fill('ada at example');
    await guest.goOnToPay();

    const summary = page.getByRole('alert');
    await summary.waitFor();
    expect(await summary.getByRole('link').count()).toBe(4);
    await summary.getByRole('link', { name: new RegExp(t('field.email')) }).click();
    await page.keyboard.type('x');
    expect(await page.getByLabel(t('checkout.email')).inputValue()).toContain('x');

    await guest.fillDetails();
    await guest.payByCard();
    await guest.untilConfirmed();
  });

  test('they are changed after the card’s form was there', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const id = await comesToPay(guest, slot);
    await guest.payButton.waitFor();
    await guest.press('checkout.changeDetails');
    await guest.writeDetails({
      email: 'grace@example.com',
      firstName: 'Grace',
      lastName: 'Hopper',
    });
    await guest.acceptTerms();
    await guest.goOnToPay();
    await guest.payByCard();
    await guest.untilConfirmed();

    await eventually(async () =>
      expect(await shop.bookingsOf(slot)).toMatchObject([
        { id, status: 'CONFIRMED', contact: { email: 'grace@example.com' } },
      ]),
    );
  });
});
