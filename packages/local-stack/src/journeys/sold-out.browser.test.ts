import { describe, expect } from 'vitest';
import type { OpenSlot } from '../e2e/organiser.ts';
import { type Buyer, cards } from './buyer.ts';
import { type Shop, test } from './shop-browser-test.ts';

const days = 24;

/** A date, and three others at one, two and nine days from it. */
async function openDates(shop: Shop, capacity: number): Promise<[OpenSlot, ...OpenSlot[]]> {
  const slot = await shop.openSlot({ capacity, startsInHours: 30 * days });
  const others = await Promise.all(
    [31, 28, 39].map((day) => shop.addSlot(slot, { capacity: 20, startsInHours: day * days })),
  );
  return [slot, ...others];
}

/** Chooses the date of that slot, which is neither the first nor the last. */
async function chooseSlot({ page, t }: Buyer, shop: Shop, slot: OpenSlot): Promise<void> {
  const day = await shop.dayOf(slot);
  await page.getByRole('grid').locator(`[data-day="${day}"]`).click();
  await page.getByText(t('offering.allIncluded')).waitFor();
}

const alternatives = ({ page, t }: Buyer) =>
  page.getByText(t('offering.alternatives')).locator('..').getByRole('button');

describe('whoever is late', () => {
  test('is told while they choose, and buys one of the nearest dates', async ({
    shop,
    openBuyer,
  }) => {
    const [slot, next] = await openDates(shop, 2);
    const guest = await openBuyer();
    await guest.openOffering(slot);
    await chooseSlot(guest, shop, slot);
    await guest.addOne('Adult');
    const quote = await shop.guest.quote(slot, { adult: 1 });
    await shop.guest.place(quote);

    await guest.sees(guest.t('offering.soldOutNow'));
    expect(await alternatives(guest).count()).toBe(3);
    await alternatives(guest).first().click();
    await guest.untilPriced();
    await guest.holdPlaces();
    await guest.untilHeld();
    await guest.fillDetails();
    await guest.payByCard(cards.good);
    await guest.untilConfirmed();
    expect(await shop.bookingsOf(next as OpenSlot)).toMatchObject([
      { status: 'CONFIRMED', places: 2 },
    ]);
  });

  test('may also take fewer', async ({ shop, openBuyer }) => {
    const [slot] = await openDates(shop, 2);
    const guest = await openBuyer();
    await guest.openOffering(slot);
    await chooseSlot(guest, shop, slot);
    await guest.addOne('Adult');
    await shop.guest.place(await shop.guest.quote(slot, { adult: 1 }));
    await guest.sees(guest.t('offering.soldOutNow'));
    await guest.takeOneAway('Adult');
    await guest.page.getByText(guest.t('offering.soldOutNow')).waitFor({ state: 'detached' });
    await guest.holdPlaces();

    await guest.untilHeld();
    expect(await shop.remaining(slot)).toBe(0);
  });

  test('is told when they press, where news do not come by themselves', async ({
    shop,
    openBuyer,
    expectComplaint,
  }) => {
    const [slot] = await openDates(shop, 1);
    const guest = await openBuyer({ screen: 'desktop' });
    await guest.page.route('**/live', (route) => route.abort());
    expectComplaint(/\/live/);
    await guest.openOffering(slot);
    await chooseSlot(guest, shop, slot);
    await shop.guest.place(await shop.guest.quote(slot));
    expectComplaint(/ 409 /);
    await guest.holdPlaces();

    await guest.sees(guest.t('offering.soldOutNow'));
    await alternatives(guest).first().click();
    await guest.holdPlaces();
    await guest.untilHeld();
    expect(await shop.remaining(slot)).toBe(0);
  });
});

test('who takes the last place is not told that it is gone', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot({ capacity: 1 });
  const guest = await openBuyer();
  const { page } = guest;
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.untilPriced();
  // The answer is on its way for longer than the news that go to everybody.
  await page.route('**/api/bookings', async (route) => {
    const response = await route.fetch();
    await page.getByText(guest.t('slot.sold_out'), { exact: true }).waitFor();
    expect(await page.getByText(guest.t('offering.soldOutNow')).count()).toBe(0);
    await route.fulfill({ response });
  });
  await guest.holdPlaces();

  await guest.untilHeld();
  expect(await shop.remaining(slot)).toBe(0);
});
