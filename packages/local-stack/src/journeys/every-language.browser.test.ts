import { axe } from '@guichet/browser/axe';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';
import { getOffering } from '@guichet/contracts/offerings';
import { languages } from '@guichet/contracts/shapes';
import { expect } from 'vitest';
import { buys, holds } from './buyer.ts';
import { settle } from './examine-browser-test.ts';
import { test } from './shop-browser-test.ts';

/** Every page is seen in both, in one language or another: words do not change with colours. */
const schemes = ['dark', 'light'] as const;

/* The states of each page are examined in accessibility.browser.test.ts; here it is the words. */
test.for(languages.map((language, nth) => ({ language, nth })))(
  'every page is as WCAG asks in $language',
  async ({ language, nth }, { shop, openBuyer }) => {
    const guest = await openBuyer({ language });
    const { page } = guest;
    const slot = await shop.openSlot({ asksNames: true });
    const { organiserId } = await shop.api.call(getOffering, { params: { id: slot.offeringId } });
    const bought = await buys(guest, await shop.openSlot());
    const held = await holds(guest, slot);
    const found: string[] = [];

    const paths = [
      '',
      '?view=calendar',
      `/organisers/${organiserId}`,
      ...['terms', 'legal', 'privacy'].map((slug) => `/organisers/${organiserId}/pages/${slug}`),
      `/offerings/${slot.offeringId}`,
      `/checkout/${held}`,
      `/bookings/${held}`,
      `/bookings/${bought}`,
      '/bookings',
      '/sign-in',
      '/register',
      '/password-reset',
    ];
    for (const [at, path] of paths.entries()) {
      const colorScheme = schemes[(at + nth) % 2] as (typeof schemes)[number];
      await page.emulateMedia({ colorScheme });
      await guest.open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settle(page);
      const measured = [
        ...(await axe(page)),
        ...(await targetSizes(page)),
        ...(await reflows(page)),
      ];
      found.push(...measured.map((finding) => `${path}, ${colorScheme}: ${finding}`));
    }

    expect(found).toEqual([]);
  },
);
