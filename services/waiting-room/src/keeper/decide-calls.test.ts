import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  creditOf,
  decideCalls,
  decidePace,
  inPlay,
  placesPerBooking,
  rateOf,
  servable,
} from './decide-calls.ts';

const count = fc.nat({ max: 100_000 });
const amount = fc.double({ min: -10, max: 100_000, noNaN: true });

test('never calls less than nobody, more than wait, or more than the pace allows', () => {
  fc.assert(
    fc.property(count, count, amount, count, (couldServe, playing, credit, waiting) => {
      const people = decideCalls({ couldServe, playing, credit, waiting });

      expect(people).toBeGreaterThanOrEqual(0);
      expect(people).toBeLessThanOrEqual(waiting);
      expect(people).toBeLessThanOrEqual(Math.max(0, credit));
      expect(Number.isInteger(people)).toBe(true);
    }),
  );
});

test('those who may buy are never a fifth more than the places could serve, and one', () => {
  fc.assert(
    fc.property(
      fc.record({ placesLeft: count, taken: count, bookings: count }),
      fc.record({ inside: count, bookedSince: fc.integer(), onTheirWay: count }),
      count,
      amount,
      ({ placesLeft, taken, bookings }, called, waiting, credit) => {
        const perBooking = placesPerBooking({ taken, bookings });
        const playing = inPlay(called);
        const couldServe = servable(placesLeft, perBooking);

        const people = decideCalls({ couldServe, playing, credit, waiting });

        const most = (placesLeft / perBooking) * 1.2 + 1;
        if (people > 0) expect(playing + people).toBeLessThanOrEqual(most);
      },
    ),
  );
});

test('with nothing left nobody is called, whatever else is', () => {
  fc.assert(
    fc.property(count, amount, count, (playing, credit, waiting) => {
      const couldServe = servable(0, 2);
      expect(decideCalls({ couldServe, playing, credit, waiting })).toBe(0);
    }),
  );
  expect(servable(-3, 2)).toBe(0);
});

test('so many are called as the places could serve, until they have booked', () => {
  const couldServe = servable(10, 2);
  expect(couldServe).toBe(6);
  expect(decideCalls({ couldServe, playing: 0, credit: 200, waiting: 50 })).toBe(6);
  expect(decideCalls({ couldServe, playing: 4, credit: 200, waiting: 50 })).toBe(2);
  expect(decideCalls({ couldServe, playing: 9, credit: 200, waiting: 50 })).toBe(0);
});

test('who has booked is no longer in play, and who is on the way is', () => {
  expect(inPlay({ inside: 10, bookedSince: 4, onTheirWay: 3 })).toBe(9);
  // Bookings of others, and bookings that have lapsed, make nobody less than nobody.
  expect(inPlay({ inside: 10, bookedSince: 40, onTheirWay: 3 })).toBe(3);
  expect(inPlay({ inside: 10, bookedSince: -4, onTheirWay: 3 })).toBe(13);
});

test('a booking takes two places until others are seen, and one at least', () => {
  expect(placesPerBooking({ taken: 0, bookings: 0 })).toBe(2);
  expect(placesPerBooking({ taken: 4_000, bookings: 990 })).toBeCloseTo(4.02);
  expect(placesPerBooking({ taken: 0, bookings: 1_000 })).toBe(1);
});

const measured = {
  pace: 100,
  slowestMs: 20,
  latencyBudgetMs: 250,
  mostPerSecond: 200,
  heldBack: true,
};

test('the pace rises while all is well, is halved where it is not, and stays in its bounds', () => {
  expect(decidePace({ ...measured, pace: null })).toBe(6.25);
  expect(decidePace(measured)).toBe(125);
  expect(decidePace({ ...measured, slowestMs: 125 })).toBe(100);
  expect(decidePace({ ...measured, slowestMs: 251 })).toBe(50);
  expect(decidePace({ ...measured, pace: 190 })).toBe(200);
  expect(decidePace({ ...measured, pace: 1, slowestMs: 900 })).toBe(1);
});

test('a pace that held nobody back does not rise', () => {
  expect(decidePace({ ...measured, heldBack: false })).toBe(100);
});

test('a rate below one a second calls somebody now and then, and no burst afterwards', () => {
  let [credit, called] = [0, 0];
  for (let second = 0; second < 120; second += 1) {
    credit = creditOf(credit, 0.5, 1_000);
    const people = decideCalls({ couldServe: 1_000, playing: 0, credit, waiting: 1_000 });
    credit -= people;
    called += people;
  }
  expect(called).toBe(60);
  expect(creditOf(0, 0.5, 3_600_000)).toBe(1);
  expect(creditOf(0, 100, 3_600_000)).toBe(200);
});

test('an organiser’s rate is by the minute, and never above what can be', () => {
  expect(rateOf({ by: 'rate', perMinute: 90 }, 200)).toBe(1.5);
  expect(rateOf({ by: 'rate', perMinute: 60_000 }, 200)).toBe(200);
  expect(rateOf({ by: 'measurement' }, 200)).toBeUndefined();
});
