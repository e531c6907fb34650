import { sleep } from 'k6';
import { faultsOfSoldOut } from '../buying/books.ts';
import { look, placePatiently, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** More want it than can have it, in the same moment or within seconds: is each place sold once? */
export const options = optionsOf('flash-sale', __ENV);

/** A slot for the herd, and one for the wave. */
export const setup = (): Sale => openSale(settingsOf('flash-sale', __ENV).capacity, 2);
export const teardown = (sale: Sale): void => closeSale(sale, faultsOfSoldOut);

const secondsUntil = (ms: number) => Math.max(0, (ms - Date.now()) / 1_000);

/** Has come in time, has chosen, and asks for the place when the window opens, with all the others. */
export function standInHerd(sale: Sale): void {
  sleep(Math.random() * secondsUntil(sale.opensAt - 1_000));
  const quoted = quote(slotOf(sale, 0), 1);
  sleep(secondsUntil(sale.opensAt));
  if (quoted) placePatiently(quoted);
}

/** Comes when everybody comes: looks, chooses, asks. */
export function comeInWave(sale: Sale): void {
  const slot = slotOf(sale, 1);
  look(slot);
  const quoted = quote(slot, 1);
  if (quoted) placePatiently(quoted);
}
