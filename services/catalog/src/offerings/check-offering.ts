import type { OfferingOption } from '@guichet/contracts/offering-parts';
import { type CreateOffering, mostNamedPlaces } from '@guichet/contracts/offerings';
import { Refusal } from '@guichet/contracts/refusal';

type Fault = { path: string; message: string };

/** Refuses an offering that could not be sold as it stands, with every fault there is. */
export function checkOffering(offering: CreateOffering, organiser: { currency: string }): void {
  const errors = [
    ...currencyFaults(offering, organiser),
    ...duplicates('fares', offering.fares),
    ...duplicates('options', offering.options),
    ...duplicates('fees', offering.fees),
    ...fareFaults(offering),
    ...nameFaults(offering),
    ...offering.options.flatMap((option, at) => optionFaults(option, at, offering.options)),
    ...mandatoryFaults(offering.options),
    ...refundFaults(offering),
  ];
  if (errors.length === 0) return;
  const sentence = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  throw new Refusal('offering_invalid', sentence, { errors });
}

const when = (wrong: boolean, path: string, message: string): Fault[] =>
  wrong ? [{ path, message }] : [];

const currencyFaults = ({ currency }: CreateOffering, organiser: { currency: string }) =>
  when(
    currency !== organiser.currency,
    'currency',
    `The organiser sells in ${organiser.currency}, not in ${currency}.`,
  );

const duplicates = (list: string, items: readonly { code: string }[]): Fault[] =>
  items.flatMap(({ code }, at) =>
    when(
      items.findIndex((other) => other.code === code) < at,
      `${list}.${at}.code`,
      `The code ${code} is used twice.`,
    ),
  );

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function fareFaults({ fares, party }: CreateOffering): Fault[] {
  const least = sum(fares.map(({ minimum }) => minimum));
  const most = sum(fares.map(({ maximum }) => maximum));
  return [
    ...fares.flatMap(({ minimum, maximum }, at) =>
      when(minimum > maximum, `fares.${at}.minimum`, 'The minimum is above the maximum.'),
    ),
    ...when(
      !fares.some(({ takesPlace }) => takesPlace),
      'fares',
      'At least one fare must take a place.',
    ),
    ...when(party.minimum > party.maximum, 'party.minimum', 'The minimum is above the maximum.'),
    ...when(
      least > party.maximum || most < party.minimum,
      'party',
      `The fares allow from ${least} to ${most} people, the party another number.`,
    ),
  ];
}

const nameFaults = ({ asksNames, party }: CreateOffering): Fault[] =>
  when(
    asksNames && party.maximum > mostNamedPlaces,
    'party.maximum',
    `Where names are asked, at most ${mostNamedPlaces} people can book together.`,
  );

function optionFaults(
  option: OfferingOption,
  at: number,
  options: readonly OfferingOption[],
): Fault[] {
  const path = `options.${at}`;
  const known = new Set(options.map(({ code }) => code));
  const names = (['requires', 'excludes'] as const).flatMap((rule) =>
    option[rule].flatMap((code, nth) => [
      ...when(!known.has(code), `${path}.${rule}.${nth}`, `There is no option ${code}.`),
      ...when(code === option.code, `${path}.${rule}.${nth}`, 'An option cannot name itself.'),
    ]),
  );
  return [
    ...when(
      option.minimum > option.maximum,
      `${path}.minimum`,
      'The minimum is above the maximum.',
    ),
    ...names,
    ...contradictions([option.code], options, path),
  ];
}

/** Options that must be chosen may not exclude each other: nobody could book. */
const mandatoryFaults = (options: readonly OfferingOption[]): Fault[] =>
  contradictions(
    options.filter(({ minimum }) => minimum > 0).map(({ code }) => code),
    options,
    'options',
  );

/** Whether what is chosen together with everything it requires holds two that exclude each other. */
function contradictions(
  chosen: readonly string[],
  options: readonly OfferingOption[],
  path: string,
): Fault[] {
  const together = new Set(chosen);
  // A set grows while it is walked, so this follows `requires` to its end, circles included.
  for (const code of together) {
    for (const needed of options.find((one) => one.code === code)?.requires ?? []) {
      together.add(needed);
    }
  }
  const clash = options.find(
    (option) => together.has(option.code) && option.excludes.some((code) => together.has(code)),
  );
  return clash && !clash.excludes.includes(clash.code)
    ? [{ path, message: `What must be chosen together includes what ${clash.code} excludes.` }]
    : [];
}

function refundFaults({ refundRules }: CreateOffering): Fault[] {
  return refundRules.flatMap((rule, at) => [
    ...when(
      refundRules.findIndex(({ hoursBefore }) => hoursBefore === rule.hoursBefore) < at,
      `refundRules.${at}.hoursBefore`,
      `There are two rules for ${rule.hoursBefore} hours before.`,
    ),
    ...when(
      refundRules.some(
        (other) => other.hoursBefore < rule.hoursBefore && other.percent > rule.percent,
      ),
      `refundRules.${at}.percent`,
      'Cancelling earlier may not give less back.',
    ),
  ]);
}
