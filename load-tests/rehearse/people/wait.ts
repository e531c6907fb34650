import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../../seeded.ts';
import type { Joined } from '../judge/order.ts';
import type { Person } from './person.ts';
import type { Walk } from './walk.ts';

/** How it ended for somebody, and what is needed to judge it. */
export type Story = {
  readonly person: Person;
  joined?: Joined;
  turn?: string;
  /** Every admission that was given to them, by any answer. */
  readonly admissions: Set<string>;
  bookingId?: string;
  end:
    | 'bought'
    | 'went_away'
    | 'let_it_lapse'
    | 'told_sold_out'
    | 'gone'
    | 'refused'
    | 'still_there';
};

type Line = {
  calledUpTo: number;
  placesLeft: number | null;
  held: number | null;
  askAgainMs: number;
};

const isSoldOut = ({ placesLeft, held }: Line) => placesLeft === 0 && held === 0;

/** Loads the page, looks at it for a second, and takes a place in line. */
export async function takePlaceInLine(walk: Walk, story: Story): Promise<boolean> {
  const { person } = story;
  const page = await walk.loadPage(person);
  await sleep(1_200);
  const asked = performance.now();
  const given = await walk.join(person, String(page.body.visit));
  if (given.status !== 201) return false;
  const { turn, turnId, rank } = given.body as { turn: string; turnId: string; rank: number };
  story.turn = turn;
  story.joined = { nth: person.nth, turnId, asked, answered: performance.now(), rank };
  return true;
}

/** Asks as often as it was told to, until called or sold out; says which. */
async function untilCalled(walk: Walk, story: Story, seed: Seeded, isOver: () => boolean) {
  const { person, joined, turn = '' } = story;
  let askAgainMs = 1_000;
  for (let looks = 0; !isOver(); looks += 1) {
    await sleep(askAgainMs * (1 + seed.between(0, 1_000) / 1_000));
    if (person.habit === 'leaves_and_returns' && looks === 2) {
      await sleep(seed.between(10_000, 40_000));
    }
    if (person.habit === 'reloads' && (looks === 1 || looks === 4)) {
      await walk.loadPage(person);
      await walk.showTurn(person, turn);
    }
    const line = (await walk.look(person)).body as Line;
    if ((joined?.rank ?? Number.POSITIVE_INFINITY) <= line.calledUpTo) return 'called';
    if (isSoldOut(line)) return 'sold_out';
    askAgainMs = line.askAgainMs;
  }
  return 'over';
}

/** Chooses, books and pays, or whatever else they resolved to do. */
async function inside(walk: Walk, story: Story, admission: string): Promise<Story['end']> {
  const { person } = story;
  if (person.resolve === 'goes_away') return 'went_away';
  const chosen = await walk.choose(person, admission);
  if (chosen.status !== 200) return 'refused';
  for (let tries = 0; tries < 3; tries += 1) {
    const placed = await walk.book(person, String(chosen.body.quote), admission);
    if (placed.status === 503) {
      await sleep(1_000 * (tries + 1));
      continue;
    }
    if (placed.code === 'sold_out') return 'told_sold_out';
    if (placed.status !== 201) return 'refused';
    story.bookingId = String(placed.body.id);
    if (person.resolve === 'lets_the_hold_lapse') return 'let_it_lapse';
    const paid = await walk.pay(person, placed.body as { id: string; manageToken: string });
    return paid ? 'bought' : 'refused';
  }
  return 'refused';
}

/** The whole way of somebody honest. */
export async function waitInLine(
  walk: Walk,
  story: Story,
  seed: Seeded,
  isOver: () => boolean,
): Promise<void> {
  if (!(await takePlaceInLine(walk, story))) {
    story.end = 'refused';
    return;
  }
  if (story.person.habit === 'never_returns') {
    story.end = 'gone';
    return;
  }
  for (;;) {
    const told = await untilCalled(walk, story, seed, isOver);
    if (told !== 'called') {
      story.end = told === 'sold_out' ? 'told_sold_out' : 'still_there';
      return;
    }
    const given = await walk.goIn(story.person, story.turn ?? '');
    if (given.status === 201) {
      const admission = String(given.body.admission);
      story.admissions.add(admission);
      story.end = await inside(walk, story, admission);
      return;
    }
    // The news of a call may be a moment ahead of who gives admissions.
    if (given.code !== 'not_your_turn') {
      story.end = given.code === 'sold_out' ? 'told_sold_out' : 'refused';
      return;
    }
  }
}
