import { cancel, place, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

export { buy, look } from './steady-mix.ts';

/** For minutes or hours: does anything grow, slow down, or come apart? */
export const options = optionsOf('soak', __ENV);

export const setup = (): Sale => openSale(settingsOf('soak', __ENV).capacity);
export const teardown = (sale: Sale): void => closeSale(sale);

/** Books, and cancels at once: the places are somebody else's. */
export function changeMind(sale: Sale): void {
  const quoted = quote(slotOf(sale));
  const placed = quoted && place(quoted);
  if (placed) cancel(placed);
}
