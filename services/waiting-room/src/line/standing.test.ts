import { expect, test } from 'vitest';
import type { RoomLine } from './line-store.ts';
import { createStanding } from './standing.ts';

const saleAt = new Date('2026-03-01T10:00:00Z');
const after = (seconds: number) => new Date(saleAt.getTime() + seconds * 1_000);
const lineOf = (more: Partial<RoomLine['line']> = {}): RoomLine => ({
  room: {
    id: 'a room',
    opensAt: after(-600),
    saleAt,
    closesAt: after(3_600),
    closedAt: null,
  } as RoomLine['room'],
  line: {
    roomId: 'a room',
    joined: 100,
    calledUpTo: 10,
    placesLeft: 40,
    held: 0,
    calledPerMinute: 0,
    ...more,
  },
});

test('a line stands for as long as nobody is called', () => {
  const standing = createStanding();

  expect(standing([lineOf()], after(10))).toBe(0);
  expect(standing([lineOf()], after(70))).toBe(60_000);
  expect(standing([lineOf({ calledUpTo: 11 })], after(75))).toBe(0);
});

test.each([
  ['before the sale', lineOf(), -300],
  ['when nobody waits', lineOf({ joined: 10 }), 0],
  ['when all is sold', lineOf({ placesLeft: 0 }), 0],
])('%s it stands rightly', (_when, line, from) => {
  const standing = createStanding();
  standing([line], after(from));

  expect(standing([line], after(from + 200))).toBe(0);
});
