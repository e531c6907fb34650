import type { Page } from '@guichet/browser/browser-test';
import type { OpenSlot } from '@guichet/local-stack/e2e/organiser';
import { buyer } from '@guichet/local-stack/journeys/buyer';
import { expect } from 'vitest';
import { frontDoor } from '../deploy/release.ts';

/** Where values-kind.yaml says that the payment form comes from. */
export const paymentForm = 'http://localhost:30090';

/** A guest buys a place by the page, from an offering to the pass. */
export async function sellsInABrowser(page: Page, slot: OpenSlot): Promise<void> {
  const guest = buyer(page, { gateway: frontDoor });
  await guest.openOffering(slot);
  await guest.chooseNextDate();
  await guest.untilPriced();
  await guest.holdPlaces();
  await guest.untilHeld();
  await guest.fillDetails();
  await guest.payByCard();
  await guest.untilConfirmed();

  expect(await guest.code.count()).toBe(1);
}
