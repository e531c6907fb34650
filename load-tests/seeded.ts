import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Seeded = ReturnType<typeof seeded>;

/** Chance that comes again with its seed: what was chosen can be chosen once more. */
export function seeded(seed: number) {
  const generator = xoroshiro128plus(seed);
  /** A whole number between two, both included. */
  const between = (least: number, most: number) => uniformInt(generator, least, most);

  return {
    between,
    chance: (percent: number) => between(1, 100) <= percent,
    oneOf<T>(choices: readonly T[]): T {
      const chosen = choices[between(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('There is nothing to choose from.');
      return chosen;
    },
    shuffled<T>(things: readonly T[]): T[] {
      const order = [...things];
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [order[last], order[other]] = [order[other] as T, order[last] as T];
      }
      return order;
    },
    /** Chance of its own, so that one who draws more often does not change what others draw. */
    branch: () => seeded(between(0, 0x7fff_ffff)),
  };
}
