import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium } from '@guichet/browser/find-chromium';
import { placeBooking } from '@guichet/contracts/bookings';
import { type Client, createClient } from '@guichet/contracts/client';
import { joinLine, roomOfOffering } from '@guichet/contracts/lines';
import { listOfferings } from '@guichet/contracts/offerings';
import { quoteOffering } from '@guichet/contracts/quotes';
import { openRoom } from '@guichet/contracts/waiting-rooms';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { z } from 'zod';
import type { Credentials } from '../demo/sign-in.ts';
import { openSlot, signInStaff } from '../e2e/organiser.ts';
import { readStackFile } from '../stack/stack-file.ts';
import { buyer, choosesSoldOut } from './buyer.ts';

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

const stackSchema = z.object({
  gateway: z.url(),
  accounts: z.object({ admin: z.object({ email: z.string(), password: z.string() }) }),
});
type Stage = { gateway: string; api: Client; staff: Credentials };

const others = 40;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Somebody else’s place in the line of an offering. */
async function joinLineOf(api: Client, offeringId: string): Promise<void> {
  const found = await api.call(roomOfOffering, { params: { id: offeringId } });
  if (!found.room) throw new Error('There is no waiting room.');
  await sleep(1_500);
  await api.call(joinLine, { params: { id: found.room.id }, body: { visit: found.visit } });
}

/** Waiting for the hour behind others, and being let in. */
async function waiting(browser: Browser, look: Look, { gateway, api, staff }: Stage) {
  const { name, viewport, colorScheme, language } = look;
  const { offeringId } = await openSlot(api, staff, { capacity: 60 });
  await api.call(openRoom, {
    ...staff,
    body: {
      offeringId,
      ...{ opensAt: inMs(-1_000), saleAt: inMs(30_000), closesAt: inMs(3_600_000) },
      ...{ order: 'first_come', turnsPerAddress: 1_000, expectedBuyers: 100 },
    },
  });
  await Promise.all(Array.from({ length: others }, () => joinLineOf(api, offeringId)));
  const context = await browser.newContext({ viewport, colorScheme, locale: language });
  const page = await context.newPage();
  const guest = buyer(page, { gateway, language });
  await guest.openOffering({ offeringId });
  await guest.button('line.join').waitFor();
  await page.waitForTimeout(1_500);
  await guest.press('line.join');
  await page.getByText(guest.t('line.safeToLeave')).waitFor();
  await picture(page, `6-waiting-${name}`);
  await page.getByText(guest.t('line.inside')).waitFor({ timeout: 120_000 });
  await picture(page, `7-inside-${name}`);
  await context.close();
}

/** Coming too late, to where one may wait for places that come back. */
async function tooLate(browser: Browser, look: Look, { gateway, api, staff }: Stage) {
  const { name, viewport, colorScheme, language } = look;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const { offeringId, slotId } = slot;
  const body = { slotId, party: { adult: 1 } };
  const { quote } = await api.call(quoteOffering, { params: { id: offeringId }, body });
  await api.call(placeBooking, { idempotencyKey: randomUUID(), body: { quote } });

  const context = await browser.newContext({ viewport, colorScheme, locale: language });
  const page = await context.newPage();
  const guest = buyer(page, { gateway, language });
  await choosesSoldOut(guest, slot);
  await picture(page, `8-too-late-${name}`);
  await context.close();
}

/** `make screenshots`: the journey of a customer at the started stack, for docs/page. */
const { gateway, accounts } = await readStackFile(stackSchema);
const api = createClient({ baseUrl: gateway, fetch });
const stage = { gateway, api, staff: await signInStaff(api, accounts.admin) };
const { items } = await api.call(listOfferings, { query: { kind: 'ride' } });
const [offering] = items;
if (!offering) throw new Error('Nothing is on sale: make start fills an empty Guichet.');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(process.env.CHROMIUM),
  chromiumSandbox: process.getuid?.() !== 0,
});
for (const look of looks) {
  await journey(browser, look, gateway, offering.id);
  await waiting(browser, look, stage);
  await tooLate(browser, look, stage);
}
await browser.close();
