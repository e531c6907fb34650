import { axe } from '@guichet/browser/axe';
import { type Page, test } from '@guichet/browser/browser-test';
import { focusNotObscured } from '@guichet/browser/focus-not-obscured';
import { layoutShift } from '@guichet/browser/layout-shift';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';
import { transferred } from '@guichet/browser/transferred';
import { languages } from '@guichet/contracts/shapes';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openSlot, remaining } from '../e2e/organiser.ts';
import { startWorld, type World } from '../e2e/world.ts';
import { buyer, buys, cards } from './buyer.ts';

let world: World;
let gateway = '';
let origins: string[] = [];
beforeAll(async () => {
  world = await startWorld({ messages: 'rabbit', https: false, env: {} });
  ({ gateway } = world.stack.stack);
  origins = [gateway, new URL(world.stack.stack.stripe.api).origin];
}, 240_000);
afterAll(() => world?.end());

const slotOf = (capacity = 20) => openSlot(world.api, world.staff, { capacity });

describe('a guest buys', () => {
  test.for(languages)(
    'in %s, on a phone, and nothing moves or complains',
    async (language, { openPage }) => {
      const slot = await slotOf();
      const page = await openPage({ origins, screen: 'phone', language });
      const guest = buyer(page, { gateway, language });

      const id = await buys(guest, slot);

      expect(await layoutShift(page)).toBeLessThan(0.05);
      expect(page.url()).toBe(`${gateway}/${language}/bookings/${id}`);
      expect(await remaining(world.api, slot)).toBe(19);
    },
  );

  test('at a desk, in the dark, and saves the date and a page to print', async ({ openPage }) => {
    const page = await openPage({ origins, colorScheme: 'dark' });
    const guest = buyer(page, { gateway });
    await buys(guest, await slotOf());

    for (const [name, file] of [
      ['booking.calendar', /\.ics$/],
      ['booking.pdf', /\.pdf$/],
    ] as const) {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: guest.t(name) }).click();
      expect((await downloading).suggestedFilename()).toMatch(file);
    }
  });

  test('after a card that was declined, with the same places', async ({
    openPage,
    expectComplaint,
  }) => {
    const slot = await slotOf();
    const page = await openPage({ origins });
    const guest = buyer(page, { gateway });
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await guest.hold();
    await guest.fillDetails();
    expectComplaint(/402/);
    await guest.fillCard(cards.declined);
    await guest.pay();
    await guest.sees(guest.t('checkout.declined'));
    expect(await remaining(world.api, slot)).toBe(19);

    await guest.fillCard();
    await guest.pay();
    await guest.untilConfirmed();
  });

  test('once, however often the buttons are pressed, and by the back button too', async ({
    openPage,
  }) => {
    const slot = await slotOf();
    const page = await openPage({ origins });
    const guest = buyer(page, { gateway });
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await page.getByRole('button', { name: guest.t('offering.hold') }).dblclick();
    await guest.untilHeld();
    expect(await remaining(world.api, slot)).toBe(19);
    await guest.fillDetails();
    await guest.fillCard();
    await page
      .getByRole('main')
      .getByRole('button', { name: guest.t.before('checkout.pay') })
      .dblclick();
    await guest.untilConfirmed();

    await page.goBack();
    await page.goForward();
    expect(await remaining(world.api, slot)).toBe(19);
  });

  test('and has the pass without a network', async ({ openPage, expectComplaint }) => {
    const page = await openPage({ origins, screen: 'phone' });
    const guest = buyer(page, { gateway });
    await buys(guest, await slotOf());
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load/);

    await page.context().setOffline(true);
    await page.reload();

    const code = page.getByRole('img', { name: guest.t('booking.show') });
    await code.waitFor();
    expect(await code.isVisible()).toBe(true);
  });
});

test('whoever is late is told at once', async ({ openPage }) => {
  const slot = await slotOf(1);
  const page = await openPage({ origins });
  const guest = buyer(page, { gateway });
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  const quote = await world.guest.quote(slot);
  await world.guest.place(quote);

  await guest.sees(guest.t('offering.soldOutNow'));
  expect(await remaining(world.api, slot)).toBe(0);
});

describe('every page', () => {
  const pages = async (page: Page): Promise<string[]> => {
    const slot = await slotOf();
    const guest = buyer(page, { gateway });
    const id = await buys(guest, slot);
    return [
      '',
      '?view=calendar',
      `/offerings/${slot.offeringId}`,
      `/bookings/${id}`,
      '/bookings',
      '/sign-in',
      '/register',
      '/password-reset',
    ];
  };

  test.for(['light', 'dark'] as const)(
    'has no fault that axe sees, %s',
    async (colorScheme, { openPage }) => {
      const page = await openPage({ origins, screen: 'phone', colorScheme });
      const guest = buyer(page, { gateway });
      for (const path of await pages(page)) {
        await guest.open(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle').catch(() => {});
        expect(await axe(page), path).toEqual([]);
        expect(await targetSizes(page), path).toEqual([]);
        expect(await reflows(page), path).toEqual([]);
      }
    },
  );

  test('shows where the focus is', async ({ openPage }) => {
    const page = await openPage({ origins });
    const guest = buyer(page, { gateway });
    for (const path of ['', '/sign-in', `/offerings/${(await slotOf()).offeringId}`]) {
      await guest.open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await focusNotObscured(page), path).toEqual([]);
    }
  });
});

test('choosing places costs no more than 130 kB of script and 20 kB of styles', async ({
  openPage,
}) => {
  const slot = await slotOf();
  const page = await openPage({ origins: [gateway], screen: 'phone' });
  const guest = buyer(page, { gateway });

  const { scriptBytes, styleBytes } = await transferred(page, async () => {
    await guest.openOffering(slot);
    await guest.chooseNextDate();
    await guest.sees(/21/);
  });

  expect(scriptBytes).toBeGreaterThan(50_000);
  expect(scriptBytes).toBeLessThan(130_000);
  expect(styleBytes).toBeLessThan(20_000);
});

test('a link that does not open a booking says what to do', async ({
  openPage,
  expectComplaint,
}) => {
  const page = await openPage({ origins });
  const guest = buyer(page, { gateway });
  expectComplaint(/ 40[014] /);

  await guest.open('/bookings/0197a6f0-0000-7000-8000-00000000000f#forged');

  await guest.sees(guest.t('booking.notFound'));
  expect(page.url()).toContain('/en/bookings/');
});
