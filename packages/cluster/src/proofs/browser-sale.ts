import type { Page } from '@guichet/browser/browser-test';
import type { OpenSlot } from '@guichet/local-stack/e2e/organiser';
import { expect } from 'vitest';
import { frontDoor } from '../deploy/release.ts';

/** Where values-kind.yaml says that the payment form comes from. */
export const paymentForm = 'http://localhost:30090';

async function payByCard(page: Page): Promise<void> {
  const form = page.frameLocator('iframe[title="Secure payment input frame"]');
  await form.locator('#number').fill('4242424242424242');
  await form.locator('#expiry').fill('12 / 34');
  await form.locator('#cvc').fill('123');
  await page.getByRole('button', { name: /^Pay/ }).click();
}

/** A guest buys a place by the page, from an offering to the pass. */
export async function sellsInABrowser(page: Page, { offeringId }: OpenSlot): Promise<void> {
  await page.goto(`${frontDoor}/en/offerings/${offeringId}`);
  await page.getByRole('button', { name: /^Next free date/ }).click();
  await page.getByRole('button', { name: 'Hold these places' }).click();
  await page.waitForURL(/\/en\/checkout\//);
  await page.getByLabel('E-mail address').fill('browser@example.com');
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByLabel(/^I accept/).check();
  await page.getByRole('button', { name: /^Go on to pay/ }).click();
  await payByCard(page);

  await page.waitForURL(/\/en\/bookings\//);
  await expect
    .poll(() => page.getByRole('img', { name: /entrance/ }).count(), { timeout: 60_000 })
    .toBe(1);
}
