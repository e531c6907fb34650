import type { OfferingView } from '@guichet/contracts/offerings';

/** What a visitor has chosen so far of an offering. */
export type Choice = {
  readonly day: string | undefined;
  readonly slotId: string | undefined;
  readonly party: Readonly<Record<string, number>>;
  readonly options: Readonly<Record<string, number>>;
};

/** The first party that the offering would sell: its smallest, of its first fare that takes a place. */
export function firstChoice({ fares, party, options }: OfferingView): Choice {
  const first = fares.find(({ takesPlace }) => takesPlace) ?? fares[0];
  const counts = Object.fromEntries(fares.map(({ code, minimum }) => [code, minimum]));
  const taken = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (first) {
    const missing = Math.max(party.minimum - taken, taken === 0 ? 1 : 0);
    counts[first.code] = Math.min(first.maximum, (counts[first.code] ?? 0) + missing);
  }
  return {
    day: undefined,
    slotId: undefined,
    party: counts,
    options: Object.fromEntries(options.map(({ code, minimum }) => [code, minimum])),
  };
}

export const placesOf = ({ fares }: OfferingView, party: Choice['party']): number =>
  fares
    .filter(({ takesPlace }) => takesPlace)
    .reduce((sum, { code }) => sum + (party[code] ?? 0), 0);

/** Those that are chosen, as a quote takes them. */
export const chosenOptions = (options: Choice['options']) =>
  Object.entries(options)
    .filter(([, quantity]) => quantity > 0)
    .map(([code, quantity]) => ({ code, quantity }));

export const chosenParty = (party: Choice['party']): Record<string, number> =>
  Object.fromEntries(Object.entries(party).filter(([, count]) => count > 0));

/** An option is open while whatever it needs is chosen and nothing that it excludes is. */
export function isOpen(
  option: OfferingView['options'][number],
  all: OfferingView['options'],
  chosen: Choice['options'],
): boolean {
  const has = (code: string) => (chosen[code] ?? 0) > 0;
  const excluded = all.some(
    ({ code, excludes }) => has(code) && code !== option.code && excludes.includes(option.code),
  );
  return option.requires.every(has) && !option.excludes.some(has) && !excluded;
}
