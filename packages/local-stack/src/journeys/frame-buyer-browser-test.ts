import type { Page } from '@guichet/browser/browser-test';
import type { Language } from '@guichet/contracts/shapes';
import { cards } from './buyer.ts';
import { textsOf } from './texts.ts';

/** Somebody who buys in a frame of ours, wherever on the page it is. */
export function frameBuyer(page: Page, language: Language) {
  const t = textsOf(language);
  const ours = page.locator('iframe').first();
  const frame = ours.contentFrame();
  const main = frame.getByRole('main');
  const card = frame.frameLocator('iframe').first();
  const bank = frame.frameLocator('iframe[src*="three-d-secure"]');
  const press = (name: string | RegExp) =>
    main.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click();

  return {
    t,
    main,
    async hold(): Promise<void> {
      await press(t.before('offering.next'));
      await press(t('offering.hold'));
      await main.getByRole('heading', { name: t('checkout.title') }).waitFor();
    },
    async fillsIn(): Promise<void> {
      await frame.getByLabel(t('checkout.email'), { exact: true }).fill('ada@example.com');
      await frame.getByLabel(t('checkout.firstName'), { exact: true }).fill('Ada');
      await frame.getByLabel(t('checkout.lastName'), { exact: true }).fill('Lovelace');
      await main.getByRole('checkbox').check();
      await press(t.before('checkout.goOnToPay'));
    },
    async pays(number: string = cards.good): Promise<void> {
      await card.locator('#number').fill(number);
      await card.locator('#expiry').fill('12 / 34');
      await card.locator('#cvc').fill('123');
      await press(t.before('checkout.pay'));
    },
    /** The bank’s own page, in a frame of our frame; it asks in its own words, yes first. */
    answersBank: () => bank.getByRole('button').first().click(),
    async isConfirmed(): Promise<void> {
      await main.getByRole('heading', { name: t('booking.confirmed') }).waitFor();
      await main.getByRole('img', { name: t('booking.show') }).waitFor();
    },
    /** The frame's height once it is that of what came into it. */
    async settledHeight(): Promise<number | undefined> {
      await main.getByRole('button', { name: t.before('offering.next') }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      return (await ours.boundingBox())?.height;
    },
    heightOfFrame: async () => (await ours.boundingBox())?.height,
    topOfFrame: async () => (await ours.boundingBox())?.y,
    /** What the content takes. */
    heightOfContent: async () => (await frame.locator('#page > *').boundingBox())?.height ?? 0,
    /** The ground that the frame paints, and the organiser's colour in it. */
    look: () =>
      main.evaluate(`({
        ground: getComputedStyle(document.documentElement).backgroundColor,
        colour: getComputedStyle(document.documentElement).getPropertyValue('--seed'),
        scheme: getComputedStyle(document.documentElement).colorScheme,
      })`),
  };
}
