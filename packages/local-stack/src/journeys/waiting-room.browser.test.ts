import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect } from 'vitest';
import { type Buyer, cards } from './buyer.ts';
import { examine } from './examine-browser-test.ts';
import { test } from './shop-browser-test.ts';

/** When a page is not to be joined at once, somebody reads it first. */
const readingMs = 1_500;

const title = ({ page, t }: Buyer) => page.getByRole('heading', { name: t('line.title') });

async function joins(guest: Buyer): Promise<void> {
  const { page, t, press } = guest;
  await title(guest).waitFor();
  await page.waitForTimeout(readingMs);
  await press('line.join');
  await page.getByText(t('line.safeToLeave')).waitFor();
}
/** What is seen of where one stands. */
const ahead = ({ t }: Buyer, count: number) =>
  String(new IntlMessageFormat(t('line.ahead'), 'en').format({ count }));
const keptTurn = ({ page }: Buyer) =>
  page.evaluate(() =>
    Object.entries(localStorage).find(([name]) => name.startsWith('guichet.turn.')),
  );

test('somebody waits for the hour, is let in when it comes, and buys', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ capacity: 5 });
  await shop.openRoom(slot, { saleInMs: 15_000 });
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.openOffering(slot);
  await joins(guest);
  expect(await page.getByRole('grid').count()).toBe(0);

  await page.getByText(t('line.inside')).waitFor({ timeout: 60_000 });
  await guest.chooseNextDate();
  await guest.untilPriced();
  await guest.holdPlaces();
  await guest.untilHeld();
  await guest.fillDetails();
  await guest.payByCard(cards.good);
  await guest.untilConfirmed();

  expect(await shop.bookingsOf(slot)).toMatchObject([{ status: 'CONFIRMED' }]);
}, 180_000);

test('a turn that is called is not lost to a door that does not answer at once', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  await shop.openRoom(slot, { saleInMs: 10_000 });
  const guest = await openBuyer();
  const { page, t } = guest;
  let refused = 0;
  await page.route('**/admissions', async (route) => {
    refused += 1;
    if (refused > 3) return route.continue();
    const problem = {
      type: 'about:blank',
      title: 'Away',
      status: 503,
      code: 'service_unavailable',
    };
    return route.fulfill({ status: 503, json: problem });
  });
  expectComplaint(/ 503 /);
  await guest.openOffering(slot);
  await joins(guest);

  await page.getByText(t('line.inside')).waitFor({ timeout: 60_000 });
  expect(refused).toBe(4);
}, 120_000);

test('two tabs of one browser have one place in line', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot();
  await shop.openRoom(slot);
  const guest = await openBuyer();
  await guest.openOffering(slot);
  const tab = await guest.page.context().newPage();
  await tab.goto(guest.page.url());
  await tab.getByRole('button', { name: guest.t('line.join') }).waitFor();

  await joins(guest);
  await tab.getByText(guest.t('line.safeToLeave')).waitFor();

  expect((await shop.joinLine(slot)).rank).toBe(2);
});

describe('a place in line', () => {
  test('is the same after a reload, in another tab, and on another device', async ({
    shop,
    openBuyer,
  }) => {
    const slot = await shop.openSlot();
    await shop.openRoom(slot);
    await shop.joinLine(slot);
    await shop.joinLine(slot);
    const guest = await openBuyer();
    await guest.openOffering(slot);
    await joins(guest);
    await guest.sees(ahead(guest, 2));
    const [name, turn] = (await keptTurn(guest)) ?? [];
    expect(name).toBeDefined();

    await guest.page.reload();
    await guest.sees(ahead(guest, 2));
    expect(await keptTurn(guest)).toEqual([name, turn]);

    const link = `#turn=${JSON.parse(turn ?? '{}').turn}`;
    const phone = await openBuyer();
    await phone.page.goto(`${shop.gateway}/en/offerings/${slot.offeringId}${link}`);
    await phone.sees(ahead(phone, 2));
    expect(phone.page.url()).not.toContain('turn=');
    const later = await shop.joinLine(slot);
    expect(later.rank).toBe(4);
  });

  test('is kept where the network is lost, and what was known last is shown', async ({
    shop,
    openBuyer,
    expectComplaint,
  }) => {
    const slot = await shop.openSlot();
    await shop.openRoom(slot);
    const guest = await openBuyer();
    const { page, t } = guest;
    await page.route('**/waiting-rooms/*/live', (route) => route.abort());
    expectComplaint(/\/live|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await guest.openOffering(slot);
    await joins(guest);

    await page.context().setOffline(true);
    await page.getByText(t('line.lost')).waitFor({ timeout: 60_000 });
    await guest.sees(ahead(guest, 0));
    await page.context().setOffline(false);

    await page.getByText(t('line.lost')).waitFor({ state: 'detached', timeout: 60_000 });
    expect(await page.getByText(ahead(guest, 0)).count()).toBeGreaterThan(0);
  }, 180_000);
});

test('who must sign in to stand in line is led back to it', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  await shop.openRoom(slot, { holder: 'account' });
  const guest = await openBuyer();
  const { page, t, press } = guest;
  expectComplaint(/ 40[13] /);
  await guest.openOffering(slot);
  await title(guest).waitFor();
  await page.waitForTimeout(readingMs);
  await press('line.join');

  await page
    .getByRole('main')
    .getByRole('link', { name: t('common.signIn') })
    .click();
  await guest.signIn(shop.customer);

  await joins(guest);
  expect(new URL(page.url()).pathname).toBe(`/en/offerings/${slot.offeringId}`);
});

test('who comes with an admission that is none is led to the line', async ({
  shop,
  openBuyer,
  expectComplaint,
}) => {
  const slot = await shop.openSlot();
  await shop.openRoom(slot, { saleInMs: 2_000 });
  const guest = await openBuyer();
  const { page, t } = guest;
  await guest.open();
  await page.evaluate(
    ([name, kept]) => localStorage.setItem(name ?? '', kept ?? ''),
    [
      `guichet.admission.${slot.offeringId}`,
      JSON.stringify({ admission: 'made.up.here', expiresAt: '2999-01-01T00:00:00Z' }),
    ],
  );
  expectComplaint(/ 403 /);
  await guest.openOffering(slot);
  await page.getByText(t('line.inside')).waitFor();
  await guest.chooseNextDate();

  await guest.button('line.join').waitFor();
  expect(await page.getByText(t('line.inside')).count()).toBe(0);
});

test('what is sold out while one waits says so, and lets nobody wait for nothing', async ({
  shop,
  openBuyer,
}) => {
  const slot = await shop.openSlot({ capacity: 1 });
  await shop.openRoom(slot, { saleInMs: 20_000 });
  const first = await openBuyer();
  await first.openOffering(slot);
  await joins(first);
  const second = await openBuyer();
  await second.openOffering(slot);
  await joins(second);
  await first.page.getByText(first.t('line.inside')).waitFor({ timeout: 60_000 });
  await first.chooseNextDate();
  await first.untilPriced();
  await first.holdPlaces();
  await first.untilHeld();
  await first.fillDetails();
  await first.payByCard(cards.good);
  await first.untilConfirmed();

  await second.page.getByText(second.t('line.soldOut')).waitFor({ timeout: 60_000 });
  expect(await shop.bookingsOf(slot)).toHaveLength(1);
}, 180_000);

test('waiting can be seen, read, reached and pressed by everybody', async ({ shop, openBuyer }) => {
  const slot = await shop.openSlot({ capacity: 3 });
  await shop.openRoom(slot, { saleInMs: 40_000 });
  const guest = await openBuyer({ language: 'de', screen: 'desktop', reducedMotion: 'reduce' });
  const { page, t } = guest;
  const found: string[] = [];
  const see = async (name: string) => void found.push(...(await examine(page, name)));
  await guest.openOffering(slot);
  await title(guest).waitFor();
  await see('a waiting room');
  await joins(guest);
  await see('a place in line');
  await page.getByText(t('line.inside')).waitFor({ timeout: 60_000 });
  await see('inside');

  expect(found).toEqual([]);
}, 180_000);
