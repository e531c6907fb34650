import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../seeded.ts';
import { createDoor } from './door.ts';
import type { House } from './house.ts';
import { type Person, personOf } from './people/person.ts';
import { createWalk, type Walk } from './people/walk.ts';
import { openBareSale, type Sale } from './sale.ts';

/** What a sale was like for those who came to it. */
export type Seen = {
  readonly people: number;
  readonly places: number;
  /** How many requests were refused for want of capacity, of those to choose and to book. */
  readonly refused: number;
  readonly asked: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of those who had come first, as many as had a booking in the end: the part that had one. */
  readonly firstServed: number;
};

const sorted = (times: readonly number[]) => [...times].sort((one, other) => one - other);
const percentile = (times: readonly number[], part: number): number =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;

/** Of the first as many as were served: the part that was. `served` in the order of arrival. */
export function partOfFirst(served: readonly boolean[]): number {
  const count = served.filter(Boolean).length;
  return count === 0 ? Number.NaN : served.slice(0, count).filter(Boolean).length / count;
}

export function seenAt(
  { counts, took }: ReturnType<typeof createDoor>,
  { served, places }: { served: readonly boolean[]; places: number },
): Seen {
  const times = [...(took.get('choose') ?? []), ...(took.get('book') ?? [])];
  const refused = [...counts]
    .filter(([what]) => /^(choose|book) (429|503)/.test(what))
    .reduce((sum, [, count]) => sum + count, 0);
  return {
    people: served.length,
    places,
    refused,
    asked: times.length,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    firstServed: partOfFirst(served),
  };
}

/** Asks until answered otherwise than "come again", as people do who want something. */
async function hurry(walk: Walk, person: Person, seed: Seeded): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    const chosen = await walk.choose(person);
    if (chosen.status === 200) {
      const placed = await walk.book(person, String(chosen.body.quote));
      if (placed.status === 201) return true;
      if (placed.code === 'sold_out') return false;
    }
    await sleep(seed.between(500, 2_000));
  }
  return false;
}

/** The same places, and everybody at the door in the moment when it opens. */
export async function sellWithout(
  house: House,
  { people, places, seed }: { people: number; places: number; seed: Seeded },
): Promise<Seen> {
  const bare = await openBareSale(house, { places });
  const door = createDoor(house.gateway);
  const walk = createWalk({
    door,
    stack: house.world.stack.stack,
    sale: { ...bare, room: { id: '' } } as Sale,
  });
  const served = await Promise.all(
    Array.from({ length: people }, async (_, nth) => {
      const own = seed.branch();
      const person = personOf(nth, own);
      // Everybody has waited for the hour; who came early has nothing of it.
      await sleep(own.between(0, 1_000));
      return hurry(walk, person, own);
    }),
  );
  await door.close();
  return seenAt(door, { served, places });
}
