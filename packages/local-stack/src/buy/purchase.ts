import type { Buyer } from './buyer.ts';
import { payByCard, showHold } from './pay-by-card.ts';
import { awaitConfirmation, awaitMail, verifyPasses } from './receive-pass.ts';
import { askQuote, beginPayment, chooseSlot, nameAttendees, takePlaces } from './take-places.ts';

/** One purchase as a guest, by the public API. Throws where it cannot go on. */
export const purchase = async (buyer: Buyer): Promise<void> => {
  const chosen = await chooseSlot(buyer);
  const { quote } = await askQuote(buyer, chosen);
  const placed = await takePlaces(buyer, quote);
  if (chosen.offering.asksNames) await nameAttendees(buyer, chosen, placed);
  const begun = await beginPayment(buyer, placed);
  // What costs nothing is paid with that.
  const isPaid = begun.provider === 'none' || (await payByCard(buyer, begun.clientSecret));
  const paidAt = performance.now();
  if (!isPaid) {
    await showHold(buyer, placed);
    return;
  }

  const booking = await awaitConfirmation(buyer, placed, paidAt);
  await awaitMail(buyer, booking, placed.email, paidAt);
  await verifyPasses(buyer, booking, placed.manageToken);
};
