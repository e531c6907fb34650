import { expect, test } from 'vitest';
import { checkHistory, checkSlot } from './check-history.ts';
import { doctorings } from './doctor.ts';
import type { Change, SlotJournal } from './journal.ts';
import type { Operation } from './operation.ts';

const slotId = 'slot';
const at = (called: number, returned: number) => ({
  client: 1,
  slotId,
  called,
  returned,
  during: '',
});

const held = (key: string, places: number, called: number, returned: number): Operation => ({
  ...at(called, returned),
  op: 'hold',
  key,
  bookingId: `booking ${key}`,
  places,
  outcome: 'ok',
});
const refused = (key: string, places: number, called: number, returned: number): Operation => ({
  ...at(called, returned),
  op: 'hold',
  key,
  places,
  outcome: 'refused',
  code: 'sold_out',
});
const unknown = (key: string, places: number, called: number): Operation => ({
  ...at(called, called + 10),
  op: 'hold',
  key,
  places,
  outcome: 'unknown',
});
const looked = (remaining: number, called: number, returned: number): Operation => ({
  ...at(called, returned),
  op: 'look',
  remaining,
  outcome: 'ok',
});
const cancelled = (key: string, called: number, returned: number): Operation => ({
  ...at(called, returned),
  op: 'cancel',
  bookingId: `booking ${key}`,
  outcome: 'ok',
});

const takes = (before: number, places: number, ...keys: string[]): Change => ({
  before,
  after: before + places,
  moves: keys.map((key) => ({
    bookingId: `booking ${key}`,
    was: null,
    becomes: 'PENDING',
    places: places / keys.length,
  })),
});
const ends = (before: number, places: number, key: string, becomes = 'CANCELLED'): Change => ({
  before,
  after: before - places,
  moves: [{ bookingId: `booking ${key}`, was: 'PENDING', becomes, places }],
});

const journalOf = (capacity: number, changes: Change[]): SlotJournal => ({
  slotId,
  capacity,
  taken: changes.at(-1)?.after ?? 0,
  changes,
  bookingOfKey: new Map(
    changes.flatMap(({ moves }) =>
      moves
        .filter(({ was }) => was === null)
        .map(({ bookingId }) => [bookingId.replace('booking ', ''), bookingId] as const),
    ),
  ),
});

/** Two places: a and b take one each, c is refused, a cancels, c takes what came back. */
const journal = journalOf(2, [
  takes(0, 1, 'a'),
  takes(1, 1, 'b'),
  ends(2, 1, 'a'),
  takes(1, 1, 'c2'),
]);
const history: Operation[] = [
  held('a', 1, 0, 1_000),
  held('b', 1, 500, 1_500),
  looked(0, 1_600, 1_700),
  refused('c', 1, 2_000, 2_100),
  cancelled('a', 3_000, 3_100),
  looked(1, 3_200, 3_300),
  held('c2', 1, 4_000, 4_100),
];

test('accepts what one counter could have answered', () => {
  expect(checkSlot(journal, history)).toEqual([]);
});

test('accepts what overlaps in either order', () => {
  const overlapping = [held('b', 1, 0, 1_000), held('a', 1, 900, 1_500), ...history.slice(2)];
  expect(checkSlot(journal, overlapping)).toEqual([]);
});

test('refuses an order that turns round what did not overlap', () => {
  const turned = [held('b', 1, 0, 400), held('a', 1, 500, 1_000), ...history.slice(2)];
  expect(checkSlot(journal, turned)).toEqual([expect.stringContaining('stands before it')]);
});

test('lets what was not answered have happened, or not', () => {
  const withUnknown = [...history, unknown('d', 1, 5_000)];
  expect(checkSlot(journal, withUnknown)).toEqual([]);
  const happened = journalOf(3, [...journal.changes, takes(2, 1, 'd')]);
  const asked = history.filter(({ op, outcome }) => op !== 'look' && outcome === 'ok');
  expect(checkSlot(happened, [...asked, unknown('d', 1, 5_000)])).toEqual([]);
});

test('lets what was not answered happen after it was asked for alone', () => {
  const early = journalOf(3, [takes(0, 1, 'd'), takes(1, 1, 'a')]);
  const asked = [held('a', 1, 0, 1_000), unknown('d', 1, 5_000)];
  expect(checkSlot(early, asked)).toEqual([expect.stringContaining('stands before it')]);
});

test('refuses a counter that was sold beyond its capacity', () => {
  const oversold = journalOf(1, [takes(0, 1, 'a'), takes(1, 1, 'b')]);
  const both = [held('a', 1, 0, 1_000), held('b', 1, 500, 1_500)];
  expect(checkSlot(oversold, both)).toEqual([expect.stringContaining('sold 2 of 1')]);
});

test('refuses a counter that is not the sum of its bookings', () => {
  const lost = journalOf(5, [
    takes(0, 1, 'a'),
    { before: 1, after: 1, moves: takes(1, 1, 'b').moves },
  ]);
  const both = [held('a', 1, 0, 1_000), held('b', 1, 500, 1_500)];
  expect(checkSlot(lost, both)).toEqual([expect.stringContaining('its bookings are 1')]);
});

test('refuses a counter that somebody changed in between', () => {
  const jumped = journalOf(5, [takes(0, 1, 'a'), takes(3, 1, 'b')]);
  const both = [held('a', 1, 0, 1_000), held('b', 1, 500, 1_500)];
  expect(checkSlot(jumped, both)).toEqual([expect.stringContaining('ended at 1')]);
});

test('refuses a look that shows what was before its asker’s own booking', () => {
  expect(checkSlot(journal, [...history, looked(1, 1_600, 1_700)])).toEqual([
    expect.stringContaining('told of 1 places left'),
  ]);
});

test('refuses looks of which the later shows the earlier', () => {
  const slow = journalOf(2, [takes(0, 1, 'a')]);
  const looks = [held('a', 1, 0, 9_000), looked(1, 1_000, 1_100), looked(2, 2_000, 2_100)];
  expect(checkSlot(slow, looks.with(1, looked(2, 1_000, 1_100)))).toEqual([]);
  expect(checkSlot(slow, looks)).toEqual([expect.stringContaining('told of 2 places left')]);
});

test('refuses a refusal while there were places', () => {
  expect(checkSlot(journal, [...history, refused('e', 1, 3_300, 3_400)])).toEqual([
    expect.stringContaining('fewer than 1 places left'),
  ]);
});

test('lets a refusal be as old as the memory that it may come from', () => {
  expect(checkSlot(journal, [...history, refused('e', 1, 3_190, 3_250)])).toEqual([]);
});

test('refuses a key that is answered with another booking, or refused after its answer', () => {
  const other = { ...held('a', 1, 0, 1_000), bookingId: 'another' };
  expect(checkSlot(journal, [...history, other])).toEqual([expect.stringContaining('another')]);
  expect(checkSlot(journal, [...history, refused('b', 1, 2_000, 2_100)])).toEqual([
    expect.stringContaining('after it had been answered'),
  ]);
});

test('refuses bookings and cancellations that nobody asked for', () => {
  const withoutB = history.filter(({ key }) => key !== 'b');
  expect(checkSlot(journal, withoutB)).toEqual([expect.stringContaining('asked for by nobody')]);
  const withoutCancel = history.filter(({ op }) => op !== 'cancel');
  expect(checkSlot(journal, withoutCancel)).toEqual([
    expect.stringContaining('cancelled by nobody'),
  ]);
});

test('refuses a cancellation that was said and not done', () => {
  expect(checkSlot(journal, [...history, cancelled('b', 5_000, 5_100)])).toEqual([
    expect.stringContaining('said to be cancelled'),
  ]);
});

test.for(Object.keys(doctorings))('sees through a doctored history: %s', (name) => {
  const doctored = doctorings[name]?.(history) ?? [];
  expect(checkHistory({ operations: history, journals: [journal] })).toEqual([]);
  expect(checkHistory({ operations: doctored, journals: [journal] })).not.toEqual([]);
});
