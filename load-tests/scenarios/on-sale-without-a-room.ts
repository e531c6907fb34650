import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { faultsOfSoldOut } from '../buying/books.ts';
import { place, quote } from '../buying/buyer.ts';
import { showSlot } from '../buying/organiser.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** The same people and places as in `on-sale`, and everybody at the door when the hour strikes. */
export const options = optionsOf('on-sale-without-a-room', __ENV);

const settings = settingsOf('on-sale-without-a-room', __ENV);
const firstServed = new Counter('first_served');

export const setup = (): Sale => openSale(settings.capacity, 1, settings.seconds * 1_000);
export const teardown = (sale: Sale): void => closeSale(sale, faultsOfSoldOut);

const mostTries = 10;

/** Has waited as long as the others, and has nothing of it: asks with all of them, and asks again. */
export function rushIn(sale: Sale): void {
  const slot = slotOf(sale);
  sleep(Math.max(0, sale.opensAt - Date.now()) / 1_000);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const quoted = quote(slot, 1);
    const placed = quoted && place(quoted);
    if (placed && exec.vu.idInTest <= sale.capacity) firstServed.add(1);
    if (placed || showSlot(slot)?.state === 'sold_out') return;
    sleep(0.5 + Math.random());
  }
}
