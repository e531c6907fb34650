import type { Page } from '@guichet/browser/browser-test';
import type { OpenSlot } from '../e2e/organiser.ts';
import { type HostPage, startHostPage } from './host-page.ts';
import { test as shopTest } from './shop-browser-test.ts';

export const test = shopTest.extend<{ host: HostPage; origins: string[] }>({
  host: async ({ shop }, use) => {
    const host = await startHostPage(shop.gateway);
    await use(host);
    await host.close();
  },
  origins: async ({ shop, host }, use) => use([...shop.origins, host.url]),
});

export const inline = (slot: OpenSlot, more = '') => element(slot, `class="inline" ${more}`);
export const element = ({ offeringId }: OpenSlot, more = '') =>
  `<guichet-offering offering="${offeringId}" ${more}></guichet-offering>`;

/** What the page around the frame hears, besides heights. */
export const hear = (page: Page) =>
  page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['guichet-held', 'guichet-confirmed']) {
      addEventListener(name, () => heard.push(name));
    }
  });
export const heardBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard);
