import type { Fee, Tax } from '@guichet/contracts/offering-parts';
import type { PriceLine } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import { type Configuration, countOf, type Price, type Priced } from './quote.ts';
import { roundHalfUp } from './round.ts';

/** What `centsSchema` allows for any amount; a larger price could not be booked or paid. */
const mostCents = 100_000_000n;

/** A line before tax: `amount` is quantity times unit, in whole cents. */
type Untaxed = Pick<PriceLine, 'kind' | 'code'> & { quantity: number; unit: bigint };

/**
 * Prices a configuration. Integers only, and one rule of rounding: half up, once, on the line it
 * belongs to. The total is the sum of the lines and is never rounded itself, so what is shown line
 * by line is what is paid.
 */
export function priceOf(offering: Priced, configuration: Configuration): Price {
  const sold = [...fareLines(offering, configuration), ...optionLines(offering, configuration)];
  const subtotal = sold.reduce((sum, line) => sum + amountOf(line), 0n);
  const fees = offering.fees.map((fee) => feeLine(fee, configuration.places, subtotal));

  const lines = [...sold, ...fees].map((line) => taxed(line, offering.tax));
  const total = lines.reduce((sum, line) => sum + line.total, 0n);
  if (total > mostCents) {
    throw new Refusal('price_too_large', 'So much cannot be sold in one booking; book in parts.');
  }
  return {
    lines: lines.map(({ line, unit, tax, total: lineTotal }) => ({
      ...line,
      unitCents: Number(unit),
      taxCents: Number(tax),
      totalCents: Number(lineTotal),
    })),
    taxCents: Number(lines.reduce((sum, line) => sum + line.tax, 0n)),
    totalCents: Number(total),
  };
}

const amountOf = ({ quantity, unit }: Untaxed): bigint => BigInt(quantity) * unit;

const fareLines = ({ fares }: Priced, { party }: Configuration): Untaxed[] =>
  fares.flatMap(({ code, priceCents }) => {
    const quantity = countOf(party, code);
    return quantity > 0 ? [{ kind: 'fare', code, quantity, unit: BigInt(priceCents) }] : [];
  });

const optionLines = ({ options }: Priced, chosen: Configuration): Untaxed[] =>
  options.flatMap(({ code, per, priceCents }) => {
    const quantity = chosen.options.find((one) => one.code === code)?.quantity ?? 0;
    const times = per === 'place' ? chosen.places : 1;
    return quantity > 0
      ? [{ kind: 'option', code, quantity: quantity * times, unit: BigInt(priceCents) }]
      : [];
  });

/** A share of the amount is charged on fares and options as listed: no fee on a fee, nor on a tax. */
function feeLine(fee: Fee, places: number, subtotal: bigint): Untaxed {
  const line = { kind: 'fee', code: fee.code } as const;
  if (fee.per === 'amount') {
    return { ...line, quantity: 1, unit: roundHalfUp(subtotal * BigInt(fee.basisPoints), 10_000n) };
  }
  return {
    ...line,
    quantity: fee.per === 'place' ? places : 1,
    unit: BigInt(fee.amountCents),
  };
}

/** Splits an included tax out of the amount, or adds one that is not included. */
function taxed({ kind, code, quantity, unit }: Untaxed, tax: Tax | null) {
  const amount = BigInt(quantity) * unit;
  const points = BigInt(tax?.basisPoints ?? 0);
  const included = tax?.included ?? true;
  const taxCents = roundHalfUp(amount * points, included ? 10_000n + points : 10_000n);
  return {
    line: { kind, code, quantity },
    unit,
    tax: taxCents,
    total: included ? amount : amount + taxCents,
  };
}
