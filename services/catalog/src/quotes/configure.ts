import type { Fare, OfferingOption } from '@guichet/contracts/offering-parts';
import { Refusal } from '@guichet/contracts/refusal';
import { inLanguage, type Localised } from '@guichet/contracts/shapes';
import {
  type Choice,
  type Configuration,
  type ConfigureRefusal,
  countOf,
  type Priced,
} from './quote.ts';

const refuse = (code: ConfigureRefusal, sentence: string): never => {
  throw new Refusal(code, sentence);
};

const called = ({ code, name }: { code: string; name: Localised }): string =>
  `“${inLanguage(name, 'en')}” (${code})`;

/** Holds a choice against every rule of the offering; the first broken one is told in words. */
export function configure(offering: Priced, choice: Choice): Configuration {
  const party = countParty(offering, choice.party);
  const options = countOptions(offering.options, choice.options);
  const chosen = new Map(options.map(({ code, quantity }) => [code, quantity]));
  for (const option of offering.options) checkOption(option, chosen, offering.options);
  return { ...party, options };
}

function countParty(
  { fares, party: limits }: Priced,
  asked: Choice['party'],
): Pick<Configuration, 'party' | 'places'> {
  const unknown = Object.keys(asked).find((code) => !fares.some((fare) => fare.code === code));
  if (unknown !== undefined) refuse('fare_unknown', `There is no fare “${unknown}”.`);

  const counts = fares.map((fare) => ({ fare, count: countOf(asked, fare.code) }));
  const people = counts.reduce((sum, { count }) => sum + count, 0);
  const places = counts.reduce((sum, { fare, count }) => sum + (fare.takesPlace ? count : 0), 0);

  if (people === 0) refuse('party_empty', 'Choose at least one place.');
  if (people > limits.maximum) {
    refuse('party_too_large', `At most ${limits.maximum} people can book together.`);
  }
  if (people < limits.minimum) {
    refuse('party_too_small', `At least ${limits.minimum} people must book together.`);
  }
  for (const { fare, count } of counts) checkFare(fare, count);
  // Someone who takes no place (a baby on a lap) cannot come alone.
  if (places === 0) refuse('party_too_small', 'At least one person must take a place.');

  const present = counts.filter(({ count }) => count > 0);
  return {
    party: Object.fromEntries(present.map(({ fare, count }) => [fare.code, count])),
    places,
  };
}

function checkFare(fare: Fare, count: number): void {
  if (count < fare.minimum) {
    refuse('fare_limit', `At least ${fare.minimum} of the fare ${called(fare)} must be booked.`);
  }
  if (count > fare.maximum) {
    refuse('fare_limit', `At most ${fare.maximum} of the fare ${called(fare)} can be booked.`);
  }
}

function countOptions(
  options: readonly OfferingOption[],
  asked: Choice['options'],
): Configuration['options'] {
  const unknown = asked.find(({ code }) => !options.some((option) => option.code === code));
  if (unknown) refuse('option_unknown', `There is no option “${unknown.code}”.`);

  return options
    .map(({ code }) => ({
      code,
      quantity: asked.reduce((sum, one) => sum + (one.code === code ? one.quantity : 0), 0),
    }))
    .filter(({ quantity }) => quantity > 0);
}

function checkOption(
  option: OfferingOption,
  chosen: ReadonlyMap<string, number>,
  options: readonly OfferingOption[],
): void {
  const quantity = chosen.get(option.code) ?? 0;
  const nameOf = (code: string) => called(options.find((one) => one.code === code) ?? option);

  if (quantity < option.minimum) {
    refuse('option_limit', `At least ${option.minimum} of ${called(option)} must be chosen.`);
  }
  if (quantity > option.maximum) {
    refuse('option_limit', `At most ${option.maximum} of ${called(option)} can be chosen.`);
  }
  if (quantity === 0) return;

  const missing = option.requires.find((code) => !chosen.has(code));
  if (missing !== undefined) {
    refuse('option_requires', `${called(option)} can only be chosen with ${nameOf(missing)}.`);
  }
  const excluded = option.excludes.find((code) => chosen.has(code));
  if (excluded !== undefined) {
    refuse('option_excludes', `${called(option)} cannot be chosen with ${nameOf(excluded)}.`);
  }
}
