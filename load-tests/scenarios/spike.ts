import { look, place, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** Ten times as many from one second to the next: is it as before when they have gone? */
export const options = optionsOf('spike', __ENV);

export const setup = (): Sale => openSale(settingsOf('spike', __ENV).capacity);
export const teardown = (sale: Sale): void => closeSale(sale);

export function lookAndBuy(sale: Sale): void {
  const slot = slotOf(sale);
  look(slot);
  const quoted = quote(slot);
  if (quoted) place(quoted);
}
