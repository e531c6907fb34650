import type { Seeded } from '../../seeded.ts';

/** What somebody in line does beside waiting. */
export type Habit = 'stays' | 'reloads' | 'leaves_and_returns' | 'never_returns';
/** What somebody who was let in does. */
export type Resolve = 'buys' | 'goes_away' | 'lets_the_hold_lapse';

export const cheats = [
  'alters_the_rank',
  'forges_a_turn',
  'shares_the_turn',
  'joins_again_and_again',
  'joins_without_a_page',
  'books_without_admission',
  'forges_an_admission',
  'brings_an_admission_of_another_sale',
  'books_twice_with_one_admission',
] as const;
export type Cheat = (typeof cheats)[number];

export type Person = {
  readonly nth: number;
  /** Where they come from; each another network, as in life. */
  readonly address: string;
  /** When they come, counted from the room’s opening, as a part of the time until the sale. */
  readonly comesAt: number;
  readonly habit: Habit;
  readonly resolve: Resolve;
  readonly places: 1 | 2;
  readonly cheat: Cheat | undefined;
};

/** Each from a network of their own: 10.0.0.0/8 has 65,536 of a /24. */
export const mostPeople = 65_536;
const addressOf = (nth: number) => `10.${nth >> 8}.${nth & 255}.7`;

function habitOf(seed: Seeded): Habit {
  const drawn = seed.between(1, 100);
  if (drawn <= 15) return 'reloads';
  if (drawn <= 25) return 'leaves_and_returns';
  return drawn <= 28 ? 'never_returns' : 'stays';
}

function resolveOf(seed: Seeded): Resolve {
  const drawn = seed.between(1, 100);
  if (drawn <= 5) return 'goes_away';
  return drawn <= 8 ? 'lets_the_hold_lapse' : 'buys';
}

/** One in twenty cheats; each of them in one way, all ways as often. */
export function personOf(nth: number, seed: Seeded): Person {
  const isCheat = nth % 20 === 19;
  return {
    nth,
    address: addressOf(nth),
    comesAt: seed.between(0, 10_000) / 10_000,
    habit: habitOf(seed),
    resolve: resolveOf(seed),
    places: seed.chance(50) ? 1 : 2,
    cheat: isCheat ? cheats[Math.floor(nth / 20) % cheats.length] : undefined,
  };
}
