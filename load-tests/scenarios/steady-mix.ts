import { look as lookAt, place, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** Many look and few book, all day: are the objectives kept where there is room for all? */
export const options = optionsOf('steady-mix', __ENV);

export const setup = (): Sale => openSale(settingsOf('steady-mix', __ENV).capacity);
export const teardown = (sale: Sale): void => closeSale(sale);

export const look = (sale: Sale): void => lookAt(slotOf(sale));

export function buy(sale: Sale): void {
  const quoted = quote(slotOf(sale));
  if (quoted) place(quoted);
}
