import type { OfferingView } from '@guichet/contracts/offerings';

/** With the tax that is not in it, rounded as the quote rounds each of its lines. */
export function withTax({ tax }: OfferingView, cents: number): number {
  const rate = tax && !tax.included ? tax.basisPoints : 0;
  return cents + Math.round((cents * rate) / 10_000);
}

const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0);

/** What one place of a fare costs in the end: with what has to be taken along, fees and taxes. */
function withAllFees(offering: OfferingView, fareCents: number): number {
  const needed = offering.options.map(({ minimum, priceCents }) => minimum * priceCents);
  const subtotal = fareCents + sum(needed);
  const fees = offering.fees.map((fee) =>
    fee.per === 'amount' ? Math.round((subtotal * fee.basisPoints) / 10_000) : fee.amountCents,
  );
  return sum([fareCents, ...needed, ...fees].map((amount) => withTax(offering, amount)));
}

/** The least that coming costs, fees and taxes in it: what "from" says before anything is chosen. */
export function priceFrom(offering: OfferingView): number {
  const places = offering.fares.filter(({ takesPlace }) => takesPlace);
  const fares = places.length > 0 ? places : offering.fares;
  return Math.min(...fares.map(({ priceCents }) => withAllFees(offering, priceCents)));
}
