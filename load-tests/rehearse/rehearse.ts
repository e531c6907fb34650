import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../seeded.ts';
import type { Verdict } from '../verdict.ts';
import { readBooks } from './books.ts';
import type { Choices } from './choices.ts';
import { perPersonMinute } from './cost.ts';
import { type Crowd, startCrowd, waitingMs } from './crowd.ts';
import { createDoor, type Door } from './door.ts';
import { loseThings } from './faults.ts';
import type { House } from './house.ts';
import { judge } from './judge/judge.ts';
import { personOf } from './people/person.ts';
import { waitInLine } from './people/wait.ts';
import { createWalk } from './people/walk.ts';
import type { Both } from './picture.ts';
import { openSale, type Sale } from './sale.ts';
import { seenAt, sellWithout } from './without.ts';

/** What it came to, beside the same sale without a room. */
export type Rehearsed = Both & {
  /** Microseconds of CPU for each who waits, a minute, by process. */
  readonly microsPerMinute: Readonly<Record<string, number>>;
};
type Told = { house: House; choices: Choices; verdict: Verdict; say: (line: string) => void };

/** So many come each second: what two cores answer, with whoever comes on the same two. */
const comingPerSecond = 200;
const mostSaleMs = 420_000;

const until = (time: string, beforeMs = 0) =>
  sleep(Math.max(0, Date.parse(time) - beforeMs - Date.now()));

/** An admission that is honestly come by, of another sale. */
async function admissionElsewhere(house: House, choices: Choices): Promise<string> {
  const sale = await openSale(house, { places: 10, seconds: 4, people: 10 });
  const door = createDoor(house.gateway);
  const walk = createWalk({ door, stack: house.world.stack.stack, sale });
  const seed = seeded(choices.seed);
  const person = { ...personOf(65_000, seed), resolve: 'goes_away', habit: 'stays' } as const;
  const story = { person, admissions: new Set<string>(), end: 'still_there' as const };
  await until(sale.room.opensAt, -500);
  await waitInLine(walk, story, seed, () => false);
  await door.close();
  const [admission] = story.admissions;
  if (!admission) throw new Error('Nobody was let in at the sale beside.');
  return admission;
}

/** What everybody costs who only waits, in the time before the sale in which nobody comes. */
async function costOfWaiting({ house, say }: Told, sale: Sale, crowd: Crowd) {
  await until(sale.room.saleAt, waitingMs);
  const [before, began] = [house.cpu(), performance.now()];
  await until(sale.room.saleAt, 2_000);
  const people = crowd.stories.filter(({ joined }) => joined).length;
  const seconds = (performance.now() - began) / 1_000;
  const cost = perPersonMinute(before, house.cpu(), { people, seconds });
  const all = Object.values(cost).reduce((sum, one) => sum + one, 0);
  const each = Object.entries(cost).map(([name, micros]) => `${name} ${micros.toFixed(0)}`);
  say(
    `${people} people wait; each costs ${all.toFixed(0)} µs of CPU a minute (${each.join(', ')})`,
  );
  return cost;
}

async function untilSold({ house, choices, say }: Told, sale: Sale): Promise<void> {
  const end = performance.now() + mostSaleMs;
  let last = 0;
  for (;;) {
    const { places } = await readBooks(house, sale);
    if (places !== last) say(`${places} of ${choices.places} places are sold`);
    last = places;
    if (places >= choices.places || performance.now() > end) return;
    await sleep(5_000);
  }
}

function tell({ say }: Told, crowd: Crowd, door: Door): void {
  const ends = new Map<string, number>();
  for (const { end } of crowd.stories) ends.set(end, (ends.get(end) ?? 0) + 1);
  say([...ends].map(([end, count]) => `${count} ${end.replaceAll('_', ' ')}`).join(', '));
  const answers = [...door.counts].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [what, count] of answers) say(`  ${String(count).padStart(8)} × ${what}`);
}

/** A sale with more people than places, some of them cheats, in which things are lost. */
export async function rehearse(told: Told): Promise<Rehearsed> {
  const { house, choices, verdict, say } = told;
  const { people, places } = choices;
  const seed = seeded(choices.seed);
  const elsewhere = await admissionElsewhere(house, choices);
  const seconds = Math.ceil(people / comingPerSecond) + waitingMs / 1_000 + 5;
  const sale = await openSale(house, { places, seconds, people });
  const door = createDoor(house.gateway);
  say(`${people} people come within ${seconds} s for ${places} places`);
  const crowd = startCrowd({ house, door, sale, people, seed, elsewhere });

  const microsPerMinute = await costOfWaiting(told, sale, crowd);
  await until(sale.room.saleAt);
  say('the sale begins');
  await Promise.all([loseThings(house, say), untilSold(told, sale)]);
  // Who still waits is told with the next look that nothing is left.
  await Promise.race([crowd.ended(), sleep(90_000)]);
  crowd.over();
  await crowd.ended();
  await door.close();
  tell(told, crowd, door);

  const books = await readBooks(house, sale);
  judge(verdict, { crowd, door, books, places });

  const inLine = crowd.stories
    .filter(({ person, joined }) => joined && !person.cheat)
    .sort((one, other) => (one.joined?.asked ?? 0) - (other.joined?.asked ?? 0));
  const served = inLine.map(({ bookingId }) => bookingId !== undefined);
  const withRoom = seenAt(door, { served, places });
  const without = await sellWithout(house, { people, places, seed: seed.branch() });
  for (const [name, seen] of Object.entries({ 'with the room': withRoom, without })) {
    say(
      `${name}: ${seen.refused} of ${seen.asked} requests to choose or book were refused, half within ${seen.p50Ms.toFixed(0)} ms, 99 % within ${seen.p99Ms.toFixed(0)} ms; of those who came first ${(seen.firstServed * 100).toFixed(0)} % were served`,
    );
  }
  verdict.holds(
    'without a room the same crowd is served by chance, and late',
    without.firstServed < withRoom.firstServed && without.p50Ms > 2 * withRoom.p50Ms
      ? []
      : ['The room made no difference: too few came for its places to show what it is for.'],
  );
  return { microsPerMinute, withRoom, without };
}
