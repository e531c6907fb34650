import { jsonOf, type WrittenMessage } from '../message.ts';
import type { Envelope } from './publisher.ts';
import { events, mustReach } from './topology.ts';

/** What goes to the broker as one message, and the index of each fact that is in it. */
export type Parcel = { readonly envelope: Envelope; readonly members: readonly number[] };

/** Some 100 kB of bookings, an eighth of what relays take at a time. */
const mostInList = 64;

/** One fact by itself: CloudEvents 1.0, *JSON Event Format* 3. */
const alone = (fact: WrittenMessage, nth: number): Parcel => ({
  envelope: {
    exchange: events,
    routingKey: fact.type,
    content: Buffer.from(jsonOf(fact)),
    messageId: fact.id,
  },
  members: [nth],
});

type Numbered = { readonly fact: WrittenMessage; readonly nth: number };

/** Facts of one type in a list: CloudEvents 1.0, *JSON Event Format* 4. Its id is the first one's. */
const listOf = (facts: readonly [Numbered, ...Numbered[]]): Parcel => ({
  envelope: {
    exchange: events,
    routingKey: facts[0].fact.type,
    content: Buffer.from(`[${facts.map(({ fact }) => jsonOf(fact)).join(',')}]`),
    contentType: 'application/cloudevents-batch+json',
    messageId: facts[0].fact.id,
    optional: true,
  },
  members: facts.map(({ nth }) => nth),
});

/**
 * Packs facts for the broker. A message costs it the same whether somebody wants it or not (35 µs of
 * CPU), and the process that sends it a third of that, so what none of our own services needs goes
 * in lists, by type, also where it is only one: whoever takes it has one form to read.
 */
export function pack(facts: readonly WrittenMessage[]): Parcel[] {
  const parcels: Parcel[] = [];
  const optional: Numbered[] = [];
  for (const [nth, fact] of facts.entries()) {
    if (mustReach(fact.type)) parcels.push(alone(fact, nth));
    else optional.push({ fact, nth });
  }
  for (const ofType of Map.groupBy(optional, ({ fact }) => fact.type).values()) {
    for (let from = 0; from < ofType.length; from += mostInList) {
      const [first, ...others] = ofType.slice(from, from + mostInList);
      if (first) parcels.push(listOf([first, ...others]));
    }
  }
  return parcels;
}
