import type { OfferingView } from '@guichet/contracts/offerings';

/** Of tax that is not in the prices, and of fees, what one place of a fare costs in the end. */
function withAllFees(offering: OfferingView, fareCents: number): number {
  const { fees, tax } = offering;
  const added = fees.reduce(
    (sum, fee) =>
      sum +
      (fee.per === 'amount' ? Math.round((fareCents * fee.basisPoints) / 10_000) : fee.amountCents),
    0,
  );
  const rate = tax && !tax.included ? tax.basisPoints : 0;
  return Math.round((fareCents + added) * (1 + rate / 10_000));
}

/** The least that coming costs, fees and taxes in it: what "from" says before anything is chosen. */
export function priceFrom(offering: OfferingView): number {
  const places = offering.fares.filter(({ takesPlace }) => takesPlace);
  const fares = places.length > 0 ? places : offering.fares;
  return Math.min(...fares.map(({ priceCents }) => withAllFees(offering, priceCents)));
}
