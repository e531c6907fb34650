import type { Page } from '@guichet/browser/browser-test';
import type { Language } from '@guichet/contracts/shapes';
import type { OpenSlot } from '../e2e/organiser.ts';
import { textsOf } from './texts.ts';

const exactly = { exact: true } as const;

export const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  asksBank: '4000002760003184',
} as const;

/** Somebody at the page in their language, who does what people do and knows nothing of its insides. */
export function buyer(
  page: Page,
  { gateway, language = 'en' }: { gateway: string; language?: Language },
) {
  const t = textsOf(language);
  const main = page.getByRole('main');
  const form = page.frameLocator('iframe').first();
  const press = (name: string) => main.getByRole('button', { name, exact: true }).click();

  return {
    t,
    open: (path = '') => page.goto(`${gateway}/${language}${path}`),
    openOffering: ({ offeringId }: Pick<OpenSlot, 'offeringId'>) =>
      page.goto(`${gateway}/${language}/offerings/${offeringId}`),
    chooseNextDate: () => main.getByRole('button', { name: t.before('offering.next') }).click(),
    hold: () => press(t('offering.hold')),
    async untilHeld(): Promise<string> {
      await page.waitForURL(/\/checkout\//);
      return page.url().split('/checkout/')[1] ?? '';
    },
    async fillDetails(): Promise<void> {
      await page.getByLabel(t('checkout.email'), exactly).fill('ada@example.com');
      await page.getByLabel(t('checkout.firstName'), exactly).fill('Ada');
      await page.getByLabel(t('checkout.lastName'), exactly).fill('Lovelace');
      await main.getByRole('checkbox').check();
      await main.getByRole('button', { name: t.before('checkout.goOnToPay') }).click();
    },
    async fillCard(number: string = cards.good): Promise<void> {
      await form.locator('#number').fill(number);
      await form.locator('#expiry').fill('12 / 34');
      await form.locator('#cvc').fill('123');
    },
    pay: () => main.getByRole('button', { name: t.before('checkout.pay') }).click(),
    async untilConfirmed(): Promise<void> {
      await page.waitForURL(/\/bookings\//);
      await main.getByRole('heading', { name: t('booking.confirmed') }).waitFor();
      await main.getByRole('img', { name: t('booking.show') }).waitFor();
    },
    sees: (text: string | RegExp) => main.getByText(text).first().waitFor(),
  };
}
export type Buyer = ReturnType<typeof buyer>;

/** From an offering to the pass, the shortest way. */
export async function buys(one: Buyer, slot: OpenSlot): Promise<string> {
  await one.openOffering(slot);
  await one.chooseNextDate();
  await one.hold();
  const id = await one.untilHeld();
  await one.fillDetails();
  await one.fillCard();
  await one.pay();
  await one.untilConfirmed();
  return id;
}
