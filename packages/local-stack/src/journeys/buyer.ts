import type { Locator, Page } from '@guichet/browser/browser-test';
import type { Language } from '@guichet/contracts/shapes';
import type { OpenSlot } from '../e2e/organiser.ts';
import { textsOf } from './texts.ts';

const exactly = { exact: true } as const;

export const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  empty: '4000000000009995',
  asksBank: '4000002760003184',
} as const;

/** Whom the tests' own bookings are for, unless they say otherwise. */
export const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' } as const;

/** Somebody at the page in their language, who does what people do and knows nothing of its insides. */
export function buyer(
  page: Page,
  { gateway, language = 'en' }: { gateway: string; language?: Language },
) {
  const t = textsOf(language);
  const main = page.getByRole('main');
  const button = (name: string | RegExp): Locator =>
    main.getByRole('button', { name, ...(typeof name === 'string' && exactly) });
  const form = page.frameLocator('iframe[src*="payment"]').first();
  const bank = page.frameLocator('iframe[src*="three-d-secure"]');
  const field = (label: string) => page.getByLabel(label, exactly);

  const one = {
    page,
    t,
    open: (path = '') => page.goto(`${gateway}/${language}${path}`),
    openOffering: ({ offeringId }: Pick<OpenSlot, 'offeringId'>) =>
      page.goto(`${gateway}/${language}/offerings/${offeringId}`),

    async findOffering(title: string): Promise<void> {
      await page.getByRole('searchbox', { name: t('home.search') }).fill(title);
      await main.getByRole('link', { name: title }).click();
      await main.getByRole('heading', { name: title, level: 1 }).waitFor();
    },
    chooseNextDate: () => button(t.before('offering.next')).click(),
    /** The first day of the calendar that has places. */
    chooseDate: () =>
      main
        .getByRole('grid')
        .locator(`button[aria-label$="${t('day.available')}"]`)
        .first()
        .click(),
    addOne: (fare: string) => button(t.with('offering.more', { name: fare })).click(),
    takeOneAway: (fare: string) => button(t.with('offering.fewer', { name: fare })).click(),
    untilPriced: () => main.getByText(t('offering.allIncluded')).waitFor(),
    holdPlaces: () => button(t('offering.hold')).click(),
    /** Answers the booking’s id. */
    async untilHeld(): Promise<string> {
      await page.waitForURL(/\/checkout\//);
      await main.getByRole('heading', { name: t('checkout.title') }).waitFor();
      return page.url().split('/checkout/')[1] ?? '';
    },

    async writeDetails({
      email,
      firstName,
      lastName,
    }: Record<keyof typeof ada, string> = ada): Promise<void> {
      await field(t('checkout.email')).fill(email);
      // Whose booking it is comes before whose places they are.
      await field(t('checkout.firstName')).first().fill(firstName);
      await field(t('checkout.lastName')).first().fill(lastName);
    },
    /** One person for each place, in order. */
    async nameAttendees(...names: string[]): Promise<void> {
      const places = page.getByRole('group', { name: t.before('checkout.attendee') });
      for (const [at, name] of names.entries()) {
        const [firstName = '', lastName = ''] = name.split(' ');
        await places.nth(at).getByLabel(t('checkout.firstName')).fill(firstName);
        await places.nth(at).getByLabel(t('checkout.lastName')).fill(lastName);
      }
    },
    acceptTerms: () => main.getByRole('checkbox').check(),
    goOnToPay: () => button(t.before('checkout.goOnToPay')).click(),
    /** From a page that says that one holds places, to paying for them. */
    goOnFromHeld: () => main.getByRole('link', { name: t.before('checkout.goOnToPay') }).click(),
    async fillDetails(): Promise<void> {
      await one.writeDetails();
      await one.acceptTerms();
      await one.goOnToPay();
    },
    async fillCard(number: string = cards.good): Promise<void> {
      await form.locator('#number').fill(number);
      await form.locator('#expiry').fill('12 / 34');
      await form.locator('#cvc').fill('123');
    },
    payButton: button(t.before('checkout.pay')),
    pay: () => one.payButton.click(),
    async payByCard(number?: string): Promise<void> {
      await one.fillCard(number);
      await one.pay();
    },
    /** The bank’s own page, which lies over the shop’s. */
    answerBank: (answer: 'Complete' | 'Fail') => bank.getByRole('button', { name: answer }).click(),

    code: main.getByRole('img', { name: t('booking.show') }),
    async untilConfirmed(): Promise<void> {
      await page.waitForURL(/\/bookings\//);
      await main.getByRole('heading', { name: t('booking.confirmed') }).waitFor();
      await one.code.first().waitFor();
    },
    press: (key: string) => button(t(key)).click(),
    button: (key: string | RegExp) => button(typeof key === 'string' ? t(key) : key),
    async signIn({ email, password }: { email: string; password: string }): Promise<void> {
      await field(t('checkout.email')).fill(email);
      await field(t('account.password')).fill(password);
      await button(t('common.signIn')).click();
      await page.waitForURL(({ pathname }) => !pathname.endsWith('/sign-in'));
    },
    /** The bookings of an account, or of this device, on the page of one’s own. */
    booked: (section: 'bookings.ofAccount' | 'bookings.ofDevice') =>
      page.getByRole('region', { name: t(section) }).getByRole('link'),
    sees: (text: string | RegExp) => main.getByText(text).first().waitFor(),
    heading: (name: string | RegExp) => main.getByRole('heading', { name, level: 1 }),
    heading3: (name: string) => main.getByRole('heading', { name, level: 3 }),
  };
  return one;
}
export type Buyer = ReturnType<typeof buyer>;

/** From an offering to places that are held; answers the booking’s id. */
export async function holds(one: Buyer, slot: OpenSlot): Promise<string> {
  await one.openOffering(slot);
  await one.chooseNextDate();
  await one.holdPlaces();
  return one.untilHeld();
}

/** From an offering to where a card is asked for; answers the booking’s id. */
export async function comesToPay(one: Buyer, slot: OpenSlot): Promise<string> {
  const id = await holds(one, slot);
  await one.fillDetails();
  return id;
}

/** From an offering to the pass, the shortest way. */
export async function buys(one: Buyer, slot: OpenSlot): Promise<string> {
  const id = await comesToPay(one, slot);
  await one.payByCard();
  await one.untilConfirmed();
  return id;
}

/** From an offering that was sold out before they came to the form of its waiting list. */
export async function choosesSoldOut(one: Buyer, slot: OpenSlot): Promise<void> {
  await one.openOffering(slot);
  await one.sees(one.t('offering.noDates'));
  const soldOut = `[aria-label$="${one.t('day.sold_out')}"]`;
  await one.page.getByRole('grid').locator(soldOut).click();
  await one.heading3(one.t('waitingList.title')).waitFor();
}
