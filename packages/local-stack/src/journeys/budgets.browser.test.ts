import { transferred } from '@guichet/browser/transferred';
import { expect } from 'vitest';
import { test } from './shop-browser-test.ts';

test('from home to places that are held, a browser loads 130 kB of script, 20 kB of styles, and nothing from others', async ({
  shop,
  openBuyer,
}) => {
  const title = await shop.titleOf(await shop.openSlot());
  // Whoever is paid is no exception before there is something to pay.
  const guest = await openBuyer({ origins: [shop.gateway] });

  const { scriptBytes, styleBytes } = await transferred(guest.page, async () => {
    await guest.open();
    await guest.findOffering(title);
    await guest.chooseDate();
    await guest.untilPriced();
    await guest.holdPlaces();
    await guest.untilHeld();
    await guest.button(guest.t.before('checkout.goOnToPay')).waitFor();
  });

  // A measure that sees nothing would be below any limit.
  expect(scriptBytes).toBeGreaterThan(50_000);
  expect(scriptBytes).toBeLessThan(130_000);
  expect(styleBytes).toBeGreaterThan(2_000);
  expect(styleBytes).toBeLessThan(20_000);
});
