import type { OfferingView } from '@guichet/contracts/offerings';
import type { PriceLine, PricingRefusal } from '@guichet/contracts/quotes';

/** What of an offering its configurator and its prices are made of. */
export type Priced = Pick<OfferingView, 'fares' | 'options' | 'fees' | 'tax' | 'party'>;

/** What the buyer asks for; neither order nor repetition means anything. */
export type Choice = {
  readonly party: Readonly<Record<string, number>>;
  readonly options: readonly { readonly code: string; readonly quantity: number }[];
};

/** A choice that breaks no rule, in the offering's own order, with nothing that counts zero. */
export type Configuration = {
  readonly party: Readonly<Record<string, number>>;
  readonly places: number;
  readonly options: readonly { readonly code: string; readonly quantity: number }[];
};

export type Price = { lines: PriceLine[]; taxCents: number; totalCents: number };

/** Why a choice is not one that the offering has. */
export type ConfigureRefusal = Exclude<
  PricingRefusal,
  'offering_not_found' | 'offering_withdrawn' | 'price_too_large'
>;

/** A code may be any word, `constructor` too, so only the party's own entries count. */
export const countOf = (party: Choice['party'], code: string): number =>
  Object.hasOwn(party, code) ? (party[code] ?? 0) : 0;
