import type { Answer, Client } from '@guichet/contracts/client';
import { getOffering, listOfferings, type OfferingView } from '@guichet/contracts/offerings';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import { availability } from '@guichet/contracts/slots';
import type { Choices } from './choices.ts';
import { CannotBuy } from './read-stack.ts';

export type Slot = Answer<typeof availability>['items'][number];

const bookable: readonly Slot['state'][] = ['available', 'few_left'];

const matches = (offering: OfferingView, words: string): boolean =>
  Object.values(offering.title).some((title) => title?.toLowerCase().includes(words.toLowerCase()));

/** The offerings to try: the one that is named, or all that are published. */
export const findOfferings = async (
  api: Client,
  named: string | undefined,
  language: Language,
): Promise<OfferingView[]> => {
  if (named && /^[0-9a-f-]{36}$/i.test(named)) {
    return [await api.call(getOffering, { params: { id: named } })];
  }
  const { items } = await api.call(listOfferings, { query: { limit: 100 } });
  if (items.length === 0) throw new CannotBuy('Nothing is published yet: there is nothing to buy.');
  const found = named ? items.filter((offering) => matches(offering, named)) : items;
  if (found.length > 0) return found;

  const titles = items.map(({ title }) => `  ${inLanguage(title, language)}`).join('\n');
  throw new CannotBuy(`No offering is called ${named}. There are:\n${titles}`);
};

export const findSlot = async (
  api: Client,
  offering: OfferingView,
  places: number,
): Promise<Slot | undefined> => {
  const { items } = await api.call(availability, { query: { offeringId: offering.id } });
  return items.find(({ state, remaining }) => bookable.includes(state) && remaining >= places);
};

const unsoldFare = ({ fares }: OfferingView, party: Record<string, number>): string | undefined =>
  Object.keys(party).find((asked) => !fares.some(({ code }) => code === asked));

/** Those that sell the fares asked for. */
export const sellingTo = (offerings: OfferingView[], { party = {} }: Choices): OfferingView[] => {
  const selling = offerings.filter((offering) => unsoldFare(offering, party) === undefined);
  const [first] = offerings;
  if (selling.length > 0 || !first) return selling;

  const sold = first.fares.map(({ code }) => code).join(', ');
  const title = inLanguage(first.title, 'en');
  throw new CannotBuy(
    `PARTY asks for ${unsoldFare(first, party)}, which is not sold. ${title} sells ${sold}.`,
  );
};

/** The party asked for, or the smallest that this offering takes, of the first fare with a place. */
export const partyFor = (offering: OfferingView, { party }: Choices): Record<string, number> => {
  if (party) return party;
  const fare = offering.fares.find(({ takesPlace }) => takesPlace);
  const count = Math.max(2, offering.party.minimum, fare?.minimum ?? 0);
  return { [fare?.code ?? '']: Math.min(count, offering.party.maximum, fare?.maximum ?? count) };
};

export const placesOf = (offering: OfferingView, party: Record<string, number>): number =>
  offering.fares
    .filter(({ takesPlace }) => takesPlace)
    .reduce((places, { code }) => places + (party[code] ?? 0), 0);
