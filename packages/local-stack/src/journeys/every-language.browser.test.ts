import { axe } from '@guichet/browser/axe';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';
import { getOffering } from '@guichet/contracts/offerings';
import { languages } from '@guichet/contracts/shapes';
import { expect } from 'vitest';
import { buys, holds } from './buyer.ts';
import { settle } from './examine-browser-test.ts';
import { test } from './shop-browser-test.ts';

/* The states of each page are examined in accessibility.browser.test.ts; here it is the words. */
test.for(languages)(
  'every page is as WCAG asks, light and dark, in %s',
  async (language, { shop, openBuyer }) => {
    const guest = await openBuyer({ language });
    const { page } = guest;
    const slot = await shop.openSlot({ asksNames: true });
    const { organiserId } = await shop.api.call(getOffering, { params: { id: slot.offeringId } });
    const bought = await buys(guest, await shop.openSlot());
    const held = await holds(guest, slot);
    const found: string[] = [];

    for (const path of [
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
    ]) {
      await guest.open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        found.push(...(await axe(page)).map((finding) => `${path}, ${colorScheme}: ${finding}`));
      }
      const measured = [...(await targetSizes(page)), ...(await reflows(page))];
      found.push(...measured.map((finding) => `${path}: ${finding}`));
    }

    expect(found).toEqual([]);
  },
);
