import { drawSideBySide } from '@guichet/testing/side-by-side';
import type { Seen } from './without.ts';

/** The same sale twice: with the room in front of it, and without. */
export type Both = { readonly withRoom: Seen; readonly without: Seen };

/** What an on-sale is like for those who come to it. */
export function pictureOf({ withRoom, without }: Both): string {
  const { people, places } = without;
  const both = (of: (seen: Seen) => number) => [of(withRoom), of(without)] as const;
  return drawSideBySide({
    title: `${people.toLocaleString('en')} people, ${places.toLocaleString('en')} places`,
    runs: ['with a waiting room', 'without'],
    figures: [
      {
        name: 'of those who came first were served',
        values: both(({ firstServed }) => firstServed),
        unit: '%',
      },
      {
        name: 'to choose or to book, half of them',
        values: both(({ p50Ms }) => p50Ms / 1_000),
        unit: 's',
      },
      { name: 'the same, 99 of 100', values: both(({ p99Ms }) => p99Ms / 1_000), unit: 's' },
      { name: 'requests to choose or to book', values: both(({ asked }) => asked), unit: '' },
    ],
  });
}
