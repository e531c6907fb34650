import { placeInsisting, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** Clients that ask again, with the same key: is one booking theirs, however often they ask? */
export const options = optionsOf('retrying', __ENV);

export const setup = (): Sale => openSale(settingsOf('retrying', __ENV).capacity);
export const teardown = (sale: Sale): void => closeSale(sale);

export function insist(sale: Sale): void {
  const quoted = quote(slotOf(sale));
  if (quoted) placeInsisting(quoted);
}
