import { setTimeout as sleep } from 'node:timers/promises';
import { type Seeded, seeded } from '../seeded.ts';
import type { Door } from './door.ts';
import type { House } from './house.ts';
import { cheat } from './people/cheat.ts';
import { personOf } from './people/person.ts';
import { type Story, waitInLine } from './people/wait.ts';
import { createWalk } from './people/walk.ts';
import type { Sale } from './sale.ts';

export type Crowd = {
  readonly stories: readonly Story[];
  /** What cheats gained. */
  readonly gained: readonly string[];
  /** What nobody had an answer to: a connection that broke, an answer that is none. */
  readonly unanswered: readonly string[];
  /** Resolves when everybody has ended; those who still wait end at the next look. */
  ended(): Promise<void>;
  over(): void;
};

/** They come until so long before the sale: then there is a time in which everybody only waits. */
export const waitingMs = 20_000;

/** Everybody, each with chances of their own, from the opening of the room on. */
export function startCrowd({
  house,
  door,
  sale,
  people,
  seed,
  elsewhere,
}: {
  house: House;
  door: Door;
  sale: Sale;
  people: number;
  seed: Seeded;
  elsewhere: string;
}): Crowd {
  const walk = createWalk({ door, stack: house.world.stack.stack, sale });
  const opensAt = Date.parse(sale.room.opensAt);
  const comingMs = Date.parse(sale.room.saleAt) - opensAt - waitingMs - 3_000;
  const gained: string[] = [];
  const unanswered: string[] = [];
  let isOver = false;

  async function come(story: Story, own: Seeded): Promise<void> {
    const { person } = story;
    await sleep(Math.max(0, opensAt + person.comesAt * comingMs - Date.now()));
    const wait = (waiting: Story) => waitInLine(walk, waiting, own, () => isOver);
    try {
      if (person.cheat) gained.push(...(await cheat({ walk, sale, elsewhere, wait }, story)));
      else await wait(story);
    } catch (error) {
      unanswered.push(`${person.nth}: ${(error as Error).message}`);
    }
  }

  const stories = Array.from({ length: people }, (_, nth): Story => {
    const person = personOf(nth, seeded(seed.between(1, 0x7fff_ffff)));
    return { person, admissions: new Set(), end: 'still_there' };
  });
  const coming = stories.map((story) => come(story, seed.branch()));

  return {
    stories,
    gained,
    unanswered,
    async ended() {
      await Promise.all(coming);
    },
    over() {
      isOver = true;
    },
  };
}
