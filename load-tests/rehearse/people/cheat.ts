import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdmissions, createTurns, type LineKeys } from '@guichet/line-tokens/line-tokens';
import type { Answered } from '../door.ts';
import type { Sale } from '../sale.ts';
import type { Cheat } from './person.ts';
import { type Story, takePlaceInLine } from './wait.ts';
import type { Walk } from './walk.ts';

/** What a cheat has to work with. */
export type Means = {
  readonly walk: Walk;
  readonly sale: Sale;
  /** An admission of the sale beside, honestly come by. */
  readonly elsewhere: string;
  readonly wait: (story: Story) => Promise<void>;
};

/** Keys of somebody who does not have ours. */
const ownKeys: LineKeys = new Map([[1, randomBytes(32)]]);
const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** The claims of a token changed, its signature left as it was. */
function altered(token: string, change: Record<string, unknown>): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
  return `${header}.${changed}.${signature}`;
}

const said = (what: string, { status, code }: Answered) => `${what}: ${status} ${code ?? ''}`;
/** What should have been refused and was not. */
const gotThrough = (what: string, answer: Answered): string[] =>
  answer.status < 400 ? [said(what, answer)] : [];

/** What each tries; answers with what it got that it should not have. */
const tricks: Record<Cheat, (means: Means, story: Story) => Promise<string[]>> = {
  async alters_the_rank({ walk }, story) {
    await takePlaceInLine(walk, story);
    const turn = altered(story.turn ?? '', { rank: 1 });
    return [
      ...gotThrough('shows a rank of its own', await walk.showTurn(story.person, turn, 'cheat')),
      ...gotThrough('goes in with it', await walk.goIn(story.person, turn, 'cheat')),
    ];
  },

  async forges_a_turn({ walk, sale }, { person }) {
    const claims = { id: randomUUID(), room: sale.room.id, rank: 1, iat: nowSeconds() };
    const turn = createTurns(ownKeys).sign(claims);
    return gotThrough('goes in with a turn of its own', await walk.goIn(person, turn, 'cheat'));
  },

  /** Five devices with one turn: one place in line, and one admission between them. */
  async shares_the_turn({ walk, wait }, story) {
    await wait(story);
    if (story.admissions.size === 0) return [];
    const devices = await Promise.all(
      Array.from({ length: 5 }, () => walk.goIn(story.person, story.turn ?? '', 'cheat')),
    );
    for (const { status, body } of devices) {
      if (status === 201) story.admissions.add(String(body.admission));
    }
    return story.admissions.size > 1
      ? [`one turn gave ${story.admissions.size} admissions to several devices`]
      : [];
  },

  async joins_again_and_again({ walk }, { person }) {
    const page = await walk.loadPage(person);
    await sleep(1_200);
    const visit = String(page.body.visit);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => walk.join(person, visit, 'cheat')),
    );
    const turns = new Set(
      answers.filter(({ status }) => status === 201).map(({ body }) => body.turnId),
    );
    return turns.size > 1 ? [`one page gave ${turns.size} places in line`] : [];
  },

  async joins_without_a_page({ walk }, { person }) {
    const made = altered(String((await walk.loadPage(person)).body.visit), { id: randomUUID() });
    return [
      ...gotThrough('joins with nothing', await walk.join(person, 'x'.repeat(40), 'cheat')),
      ...gotThrough('joins with a visit of its own', await walk.join(person, made, 'cheat')),
    ];
  },

  async books_without_admission({ walk }, { person }) {
    return [
      ...gotThrough('chooses', await walk.choose(person, undefined, 'cheat')),
      ...gotThrough('books', await walk.book(person, 'x'.repeat(40), undefined, { name: 'cheat' })),
    ];
  },

  async forges_an_admission({ walk, sale }, { person }) {
    const admission = createAdmissions(ownKeys).sign({
      id: randomUUID(),
      room: sale.room.id,
      off: sale.offeringId,
      iat: nowSeconds(),
      exp: nowSeconds() + 600,
    });
    return gotThrough('chooses', await walk.choose(person, admission, 'cheat'));
  },

  async brings_an_admission_of_another_sale({ walk, elsewhere }, { person }) {
    return gotThrough('chooses', await walk.choose(person, elsewhere, 'cheat'));
  },

  /** Two bookings at once, with keys of their own: one of them is, or both are the same. */
  async books_twice_with_one_admission({ walk, wait }, story) {
    const person = { ...story.person, resolve: 'goes_away' as const };
    await wait(Object.assign(story, { person }));
    const [admission] = story.admissions;
    if (admission === undefined) return [];
    const { status, body } = await walk.choose(person, admission);
    if (status !== 200) return [];
    const quote = String(body.quote);
    const other = { ...person, nth: person.nth + 1_000_000 };
    const answers = await Promise.all([
      walk.book(person, quote, admission, { name: 'cheat' }),
      walk.book(other, quote, admission, { name: 'cheat' }),
    ]);
    const placed = answers.filter((answer) => answer.status === 201);
    const bookings = new Set(placed.map((answer) => answer.body.id));
    return bookings.size > 1 ? [`one admission gave ${bookings.size} bookings`] : [];
  },
};

/** Answers with sentences of what came of it that should not have. */
export async function cheat(means: Means, story: Story): Promise<string[]> {
  const { cheat: kind, nth } = story.person;
  if (!kind) throw new Error(`${nth} is honest.`);
  const gained = await tricks[kind](means, story);
  return gained.map((what) => `${nth}, who ${kind.replaceAll('_', ' ')}: ${what}`);
}
