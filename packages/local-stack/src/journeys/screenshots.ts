import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '@guichet/browser/find-chromium';
import { createClient } from '@guichet/contracts/client';
import { listOfferings } from '@guichet/contracts/offerings';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { readStack } from '../buy/read-stack.ts';
import { buyer } from './buyer.ts';

const folder = join(import.meta.dirname, '../../../../docs/page');
const looks = [
  { name: 'phone', viewport: { width: 360, height: 780 }, colorScheme: 'light', language: 'fr' },
  {
    name: 'phone-dark',
    viewport: { width: 360, height: 780 },
    colorScheme: 'dark',
    language: 'de',
  },
  { name: 'desktop', viewport: { width: 1440, height: 900 }, colorScheme: 'light', language: 'en' },
] as const;
type Look = (typeof looks)[number];

/** What is drawn late is drawn: pictures, the form in its frame, the code. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  // Pictures further down come when somebody comes near them.
  for (const image of await page.locator('img').all()) {
    await image.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
  }
  await page.waitForFunction('[...document.images].every(({ complete }) => complete)');
  await page.keyboard.press('Home');
  await page.waitForTimeout(500);
  const drawn = await page.screenshot({ fullPage: true });
  await sharp(drawn)
    .webp({ quality: 80 })
    .toFile(join(folder, `${name}.webp`));
}

/** One purchase, looked at on the way. */
async function journey(browser: Browser, look: Look, gateway: string, offeringId: string) {
  const { name, viewport, colorScheme, language } = look;
  const context = await browser.newContext({ viewport, colorScheme, locale: language });
  const page = await context.newPage();
  const guest = buyer(page, { gateway, language });
  await guest.open();
  await picture(page, `1-home-${name}`);
  await guest.openOffering({ offeringId });
  await guest.chooseNextDate();
  await guest.sees(guest.t('offering.allIncluded'));
  await picture(page, `2-choosing-${name}`);
  await guest.holdPlaces();
  await guest.untilHeld();
  await picture(page, `3-details-${name}`);
  await guest.fillDetails();
  await guest.fillCard();
  await picture(page, `4-paying-${name}`);
  await guest.pay();
  await guest.untilConfirmed();
  await picture(page, `5-ticket-${name}`);
  await context.close();
}

/** `make screenshots`: the journey of a customer at the started stack, for docs/page. */
const { gateway } = await readStack();
const api = createClient({ baseUrl: gateway, fetch });
const { items } = await api.call(listOfferings, { query: { kind: 'ride' } });
const [offering] = items;
if (!offering) throw new Error('Nothing is on sale: make start fills an empty Guichet.');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(process.env.CHROMIUM),
  chromiumSandbox: process.getuid?.() !== 0,
});
for (const look of looks) await journey(browser, look, gateway, offering.id);
await browser.close();
