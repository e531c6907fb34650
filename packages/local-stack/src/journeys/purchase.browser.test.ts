import { layoutShift } from '@guichet/browser/layout-shift';
import { languages } from '@guichet/contracts/shapes';
import { describe, expect } from 'vitest';
import type { Buyer } from './buyer.ts';
import { newAccount, test } from './shop-browser-test.ts';

/** What the browser would put among somebody’s downloads. */
const savedFile = async ({ page, press }: Buyer, key: string) => {
  const downloading = page.waitForEvent('download');
  await press(key);
  const download = await downloading;
  const content = Buffer.concat(await Array.fromAsync(await download.createReadStream()));
  return { name: download.suggestedFilename(), content };
};

describe('people buy, and nothing moves by itself', () => {
  test.for(
    languages.flatMap(
      (language) =>
        [
          { language, who: 'a guest', screen: 'phone' },
          { language, who: 'a customer', screen: 'desktop' },
        ] as const,
    ),
  )(
    'in $language, $who, $screen: finds it, chooses, pays, has the ticket and the date',
    async ({ language, who, screen }, { shop, openBuyer }) => {
      const slot = await shop.openSlot();
      const title = await shop.titleOf(slot, language);
      const buying = await openBuyer({ language, screen });
      const { page } = buying;
      const isCustomer = who === 'a customer';
      if (isCustomer) {
        const account = newAccount();
        await shop.register(account);
        await buying.open('/sign-in');
        await buying.signIn(account);
      }

      await buying.open();
      await buying.findOffering(title);
      await buying.chooseDate();
      await buying.addOne('Adult');
      await buying.untilPriced();
      await buying.holdPlaces();
      const id = await buying.untilHeld();
      await buying.fillDetails();
      await buying.payByCard();
      await buying.untilConfirmed();

      expect(page.url()).toBe(`${shop.gateway}/${language}/bookings/${id}`);
      expect(await layoutShift(page)).toBeLessThan(0.02);
      const saved = await savedFile(buying, 'booking.calendar');
      expect(saved.name).toMatch(/\.ics$/);
      expect(saved.content.toString()).toContain('BEGIN:VEVENT');
      expect(await shop.bookingsOf(slot)).toMatchObject([
        { id, status: 'CONFIRMED', places: 2, contact: { language } },
      ]);
      expect(await shop.timesPaid(id)).toBe(1);
      if (!isCustomer) return;
      await buying.open('/bookings');
      await buying.booked('bookings.ofAccount').filter({ hasText: title }).waitFor();
    },
  );
});

test('a guest buys in the dark, without movement, and saves a page to print', async ({
  shop,
  openBuyer,
}) => {
  const guest = await openBuyer({
    screen: 'desktop',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  await guest.openOffering(await shop.openSlot());
  await guest.chooseNextDate();
  await guest.untilPriced();
  expect(await guest.page.evaluate(() => document.getAnimations().length)).toBe(0);
  await guest.holdPlaces();
  await guest.untilHeld();
  await guest.fillDetails();
  await guest.payByCard();
  await guest.untilConfirmed();

  const saved = await savedFile(guest, 'booking.pdf');
  expect(saved.name).toMatch(/\.pdf$/);
  expect(saved.content.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a guest gets what costs nothing without a card', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot();
  const guest = await openBuyer();
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.addOne('Student');
  await guest.takeOneAway('Adult');
  await guest.holdPlaces();
  const id = await guest.untilHeld();
  await guest.writeDetails();
  await guest.acceptTerms();
  await guest.press('checkout.confirmFree');

  await guest.untilConfirmed();
  expect(await shop.timesPaid(id)).toBe(0);
});

test('a guest names everybody where names are asked, and has a code for each', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ asksNames: true });
  const guest = await openBuyer();
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.addOne('Adult');
  await guest.holdPlaces();
  await guest.untilHeld();
  await guest.nameAttendees('Ada Lovelace', 'Grace Hopper');
  await guest.writeDetails();
  await guest.acceptTerms();
  await guest.goOnToPay();
  await guest.payByCard();

  await guest.untilConfirmed();
  expect(await guest.code.count()).toBe(2);
  expect(await shop.bookingsOf(slot)).toMatchObject([
    { attendees: [{ firstName: 'Ada' }, { firstName: 'Grace' }] },
  ]);
});
