import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDatabaseClock } from './database-clock.ts';
import { askAgainMs, type Line, laterOf } from './line.ts';

const line = (changes: Partial<Line> = {}): Line => ({
  roomId: 'room',
  joined: 10,
  calledUpTo: 5,
  placesLeft: 3,
  held: 0,
  calledPerMinute: 5,
  ...changes,
});
const crowd = (waiting: number) => ({ joined: waiting + 7, calledUpTo: 7 });

test('a line never falls, whatever is heard late; what is left is what was heard last', () => {
  const late = line({ joined: 8, calledUpTo: 4, placesLeft: 9 });

  expect(laterOf(line(), late)).toEqual(line({ placesLeft: 9 }));
  expect(laterOf(late, line())).toEqual(line());
});

test('the more wait, the longer each is told to wait before asking again', () => {
  const waits = [0, 3_000, 6_000, 15_000, 22_500, 1_000_000].map((n) => askAgainMs(crowd(n), 0));

  expect(waits).toEqual([2_000, 2_000, 4_000, 10_000, 15_000, 15_000]);
});

test('a minute and more before the sale nobody needs to ask often', () => {
  expect(askAgainMs(crowd(0), 60_001)).toBe(15_000);
  expect(askAgainMs(crowd(0), 60_000)).toBe(2_000);
});

test('up to twenty thousand ask a thousand times a second, however many they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3_000, max: 22_500 }), (waiting) => {
      const everyMs = askAgainMs(crowd(waiting), 0) * 1.5;
      expect((waiting / everyMs) * 1_000).toBeCloseTo(1_000, -1);
    }),
  );
});

test('the clock is the database’s, and goes on by itself in between', () => {
  let uptimeMs = 5_000;
  const clock = createDatabaseClock(() => uptimeMs);
  expect(() => clock.now()).toThrow('has not said yet');

  clock.read(new Date('2031-06-04T18:30:00Z'));
  uptimeMs += 90_000;
  expect(clock.now()).toEqual(new Date('2031-06-04T18:31:30Z'));

  clock.read(new Date('2031-06-04T18:31:00Z'));
  expect(clock.now()).toEqual(new Date('2031-06-04T18:31:00Z'));
});
