import exec from 'k6/execution';
import { cancel, place, placeAndBeCutOff, quote } from '../buying/buyer.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** Buyers who do not go through with it: do they leave the books right, and nobody's place taken? */
export const options = optionsOf('giving-up', __ENV);

export const setup = (): Sale => openSale(settingsOf('giving-up', __ENV).capacity);
export const teardown = (sale: Sale): void => closeSale(sale);

/** In turn: cut off in the middle, cancelled, gone without a word so that the hold lapses. */
export function giveUp(sale: Sale): void {
  const quoted = quote(slotOf(sale));
  if (!quoted) return;
  const kind = exec.scenario.iterationInTest % 3;
  if (kind === 0) placeAndBeCutOff(quoted);
  else {
    const placed = place(quoted);
    if (placed && kind === 1) cancel(placed);
  }
}
