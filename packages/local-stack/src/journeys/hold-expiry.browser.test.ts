import { describe, expect } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { ada, type Buyer, comesToPay, holds } from './buyer.ts';
import { test } from './shop-browser-test.ts';

const minutes = 60_000;

/** What is read out, politely, to whoever does not see the seconds. */
const saidOf = ({ page }: Buyer) =>
  page
    .getByRole('main')
    .getByRole('status')
    .allTextContents()
    .then((texts) => texts.join(''));

describe('a hold that is over', () => {
  // The hold is made short in the database; from there on reservation and the page keep time.
  test('is said to be, and leads to choosing again with what was filled in', async ({
    shop,
    openBuyer,
  }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const { page, t } = guest;
    const id = await holds(guest, slot);
    await guest.writeDetails();
    await shop.shortenHold(id, 8_000);
    await page.reload();
    await guest.untilHeld();

    await guest.sees(t('checkout.expired'));
    await eventually(async () =>
      expect(await shop.bookingsOf(slot)).toMatchObject([{ status: 'EXPIRED' }]),
    );
    await page.getByRole('link', { name: t('checkout.chooseAgain') }).click();
    await guest.chooseNextDate();
    await guest.holdPlaces();
    expect(await guest.untilHeld()).not.toBe(id);
    expect(await page.getByLabel(t('checkout.email')).inputValue()).toBe(ada.email);
    await guest.acceptTerms();
    await guest.goOnToPay();
    await guest.payByCard();

    await guest.untilConfirmed();
    expect(await shop.remaining(slot)).toBe(19);
  });

  test('takes no money, when the card’s form was open over it', async ({
    shop,
    openBuyer,
    expectComplaint,
  }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const id = await comesToPay(guest, slot);
    await guest.fillCard();
    await shop.shortenHold(id, 0);
    await eventually(async () =>
      expect(await shop.bookingsOf(slot)).toMatchObject([{ status: 'EXPIRED' }]),
    );
    // Stripe refuses with a 400 what is cancelled, unless the page has heard of it before.
    expectComplaint(/ 400 |/);
    await guest.pay();

    await guest.sees(guest.t('checkout.expired'));
    expect(await shop.timesPaid(id)).toBe(0);
    expect(await shop.remaining(slot)).toBe(20);
  });

  test('is said to be by its own page too', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const id = await holds(guest, slot);
    await shop.shortenHold(id, 0);
    await eventually(async () =>
      expect(await shop.bookingsOf(slot)).toMatchObject([{ status: 'EXPIRED' }]),
    );
    await guest.open(`/bookings/${id}`);
    await guest.heading(guest.t('booking.expired')).waitFor();
    await guest.page.getByRole('link', { name: guest.t('checkout.chooseAgain') }).click();

    await guest.page.waitForURL(`**/offerings/${slot.offeringId}`);
  });
});

describe('a hold that runs', () => {
  test('is counted in seconds, and said aloud twice before it ends', async ({
    shop,
    openBuyer,
  }) => {
    const guest = await openBuyer();
    const { page, t } = guest;
    const id = await holds(guest, await shop.openSlot());
    const leave = async (ms: number) => {
      await shop.shortenHold(id, ms);
      await page.reload();
      await guest.untilHeld();
    };
    expect(await saidOf(guest)).toBe('');

    // Some seconds more, in which a busy machine has loaded the page again.
    await leave(128_000);
    await guest.sees('2 minutes left to book these places.');
    await leave(38_000);
    await guest.sees(t('checkout.last'));
    // Nothing is said between, however often the seconds change.
    expect(await saidOf(guest)).toBe(t('checkout.last'));
  });

  test('is made longer once, by one press', async ({ shop, openBuyer }) => {
    const slot = await shop.openSlot();
    const guest = await openBuyer();
    const id = await holds(guest, slot);
    const [before] = await shop.bookingsOf(slot);
    await guest.press('checkout.extend');
    await guest.button('checkout.extend').waitFor({ state: 'detached' });

    const [after] = await shop.bookingsOf(slot);
    expect(after).toMatchObject({ id, extended: true });
    expect(Date.parse(after?.holdExpiresAt ?? '') - Date.parse(before?.holdExpiresAt ?? '')).toBe(
      10 * minutes,
    );
    expect(await saidOf(guest)).toMatch(guest.t.before('checkout.extended'));
  });

  test.for([
    ['ahead', 20],
    ['behind', -20],
  ] as const)(
    'runs as long on a device whose clock is %s',
    async ([, wrongBy], { shop, openBuyer }) => {
      const guest = await openBuyer();
      await guest.page.clock.install({ time: Date.now() + wrongBy * minutes });
      const slot = await shop.openSlot();
      await holds(guest, slot);

      await guest.sees(/^(10 min 00|9 min \d\d) s left/);
      await guest.fillDetails();
      await guest.payByCard();
      await guest.untilConfirmed();
      expect(await shop.remaining(slot)).toBe(19);
    },
  );
});
