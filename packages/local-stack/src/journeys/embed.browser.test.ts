import { axe } from '@guichet/browser/axe';
import { type Page, test } from '@guichet/browser/browser-test';
import { layoutShift } from '@guichet/browser/layout-shift';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type OpenSlot, openSlot, remaining } from '../e2e/organiser.ts';
import { startWorld, type World } from '../e2e/world.ts';
import { frameBuyer } from './frame-buyer.ts';
import { type HostPage, startHostPage } from './host-page.ts';

let world: World;
let gateway = '';
let host: HostPage;
let origins: string[] = [];
beforeAll(async () => {
  world = await startWorld({ messages: 'rabbit', https: false, env: {} });
  ({ gateway } = world.stack.stack);
  host = await startHostPage(gateway);
  origins = [gateway, host.url, new URL(world.stack.stack.stripe.api).origin];
}, 240_000);
afterAll(async () => {
  await host?.close();
  await world?.end();
});

const slotOf = () => openSlot(world.api, world.staff, { capacity: 20 });
const element = ({ offeringId }: OpenSlot, more = '') =>
  `<guichet-offering offering="${offeringId}" ${more}></guichet-offering>`;

/** What the page around the frame hears, besides heights. */
const hear = (page: Page) =>
  page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['guichet-held', 'guichet-confirmed']) {
      addEventListener(name, () => heard.push(name));
    }
  });
const heardBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard);

describe('inline', () => {
  test('a guest buys in a site of another origin, and nothing moves, complains or sets a cookie', async ({
    openPage,
  }) => {
    const slot = await slotOf();
    host.show(element(slot, 'language="fr" accent="#0a6"'));
    const page = await openPage({ origins, screen: 'phone' });
    await hear(page);
    await page.goto(host.url);
    const guest = frameBuyer(page, 'fr');

    await guest.hold();
    const frameHeight = await guest.heightOfFrame();
    expect(await guest.heightOfContent()).toBe(frameHeight);
    expect(await axe(page)).toEqual([]);
    await guest.pays();

    expect(await heardBy(page)).toEqual(['guichet-held', 'guichet-confirmed']);
    expect(await remaining(world.api, slot)).toBe(19);
    expect(await page.context().cookies()).toEqual([]);
    expect(await layoutShift(page)).toBeLessThan(0.05);
    expect(page.url()).toBe(`${host.url}/`);
  });
});
