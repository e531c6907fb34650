import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelBooking, extendBooking } from '@guichet/contracts/booking-changes';
import { getBooking, placeBooking } from '@guichet/contracts/bookings';
import type { Answer, Client } from '@guichet/contracts/client';
import { beginPaying } from '@guichet/contracts/payments';
import { availability } from '@guichet/contracts/slots';
import { authenticate, confirmCard } from '@guichet/local-stack/buy/stripe-card';
import type { Seeded } from '../../seeded.ts';
import type { House } from '../house.ts';
import type { Recorder } from './recorder.ts';
import type { Party, Sale } from './sale.ts';

/** Longer than an answer takes in peace; whoever waits longer does not know. */
const patienceMs = 5_000;
const mostTries = 4;

export type Held = Pick<Answer<typeof placeBooking>, 'id' | 'manageToken'> & { slotId: string };

/** What a buyer can do, each of it recorded, and tried again with its key where no answer came. */
export function createBuyer({
  client,
  house: { doors, world },
  recorder,
  seed,
}: {
  client: number;
  house: Pick<House, 'doors' | 'world'>;
  recorder: Recorder;
  seed: Seeded;
}) {
  /** The gateway more often than past it; another door may be another replica. */
  const door = (): Client => seed.oneOf([doors[0], doors[0], ...doors]) as Client;
  const patience = () => AbortSignal.timeout(patienceMs);

  /** Until it is answered, a few times. */
  async function persist<T extends { outcome: string }>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const answered = await attempt();
      if (answered.outcome !== 'unknown' || tries === mostTries) return answered;
      await sleep(seed.between(100, 500) * tries);
    }
  }

  const of = ({ slotId, id }: Held) => ({ client, slotId, bookingId: id });
  const shown = ({ status }: { status: string }) => ({ status });

  return {
    look: ({ offeringId }: Sale, slotId: string) =>
      recorder.ask(
        { client, op: 'look', slotId },
        () => door().call(availability, { query: { offeringId }, signal: patience() }),
        ({ items }) => ({ remaining: items.find((slot) => slot.slotId === slotId)?.remaining }),
      ),

    async hold(sale: Sale, slotId: string, party: Party): Promise<Held | undefined> {
      const quote = await sale.quoteOf(slotId, party).catch(() => undefined);
      if (!quote) return undefined;
      const key = randomUUID();
      const contact = {
        email: `buyer.${key}@example.com`,
        firstName: 'Ada',
        lastName: 'Lovelace',
        language: 'en' as const,
      };
      const answered = await persist(() =>
        recorder.ask(
          { client, op: 'hold', slotId, key, places: party.places },
          () =>
            door().call(placeBooking, {
              idempotencyKey: key,
              body: { quote, contact },
              signal: patience(),
            }),
          ({ id }) => ({ bookingId: id }),
        ),
      );
      return answered.outcome === 'ok' ? { ...answered.answer, slotId } : undefined;
    },

    extend: (held: Held) =>
      recorder.ask(
        { ...of(held), op: 'extend' },
        () =>
          door().call(extendBooking, {
            params: { id: held.id },
            manageToken: held.manageToken,
            signal: patience(),
          }),
        shown,
      ),

    cancel: (held: Held) =>
      persist(() =>
        recorder.ask(
          { ...of(held), op: 'cancel' },
          () =>
            door().call(cancelBooking, {
              params: { id: held.id },
              manageToken: held.manageToken,
              signal: patience(),
            }),
          shown,
        ),
      ),

    show: (held: Held) =>
      recorder.ask(
        { ...of(held), op: 'show' },
        () =>
          door().call(getBooking, {
            params: { id: held.id },
            manageToken: held.manageToken,
            signal: patience(),
          }),
        shown,
      ),

    begin(held: Held) {
      const key = randomUUID();
      return persist(() =>
        recorder.ask({ ...of(held), op: 'begin', key }, () =>
          world.api.call(beginPaying, {
            manageToken: held.manageToken,
            idempotencyKey: key,
            body: { bookingId: held.id, method: 'card' },
            signal: patience(),
          }),
        ),
      );
    },

    /** As in a page; where the bank asks, it is answered yes. */
    pay: (held: Held, { clientSecret, card }: { clientSecret: string; card: string }) =>
      recorder.ask(
        { ...of(held), op: 'card' },
        async () => {
          const given = await confirmCard(world.stack.stack, fetch, { clientSecret, card });
          if (given.outcome !== 'authentication') return given.outcome;
          return authenticate(fetch, given.url);
        },
        (status) => ({ status }),
      ),
  };
}
export type Buyer = ReturnType<typeof createBuyer>;
