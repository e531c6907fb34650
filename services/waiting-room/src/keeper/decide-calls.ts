import type { Pacing } from '@guichet/contracts/waiting-rooms';

/** Some of those who are called book less, or nothing: so many more are called than could be served. */
const margin = 1.2;
/** What a booking is thought to take before there are any, and how many of them that thought weighs. */
const [usualPlaces, usualWeight] = [2, 10];

/** How many places a booking takes. The first few say little, so that what is usual counts too. */
export const placesPerBooking = ({ taken, bookings }: { taken: number; bookings: number }) =>
  Math.max(1, (taken + usualPlaces * usualWeight) / (bookings + usualWeight));

/**
 * How many have leave to buy and may still do so: those whose admission goes on, but for as many as
 * have booked since the first of them came in, and those who were called and are on their way.
 */
export const inPlay = ({
  inside,
  bookedSince,
  onTheirWay,
}: {
  inside: number;
  bookedSince: number;
  onTheirWay: number;
}) => Math.max(0, inside - Math.max(0, bookedSince)) + onTheirWay;

/** How many the places that are left could serve, with the margin. */
export const servable = (placesLeft: number, perBooking: number) =>
  Math.ceil((Math.max(0, placesLeft) / perBooking) * margin);

/** How many are called now: as many as places could serve, as the pace allows, and as there are. */
export function decideCalls({
  couldServe,
  playing,
  credit,
  waiting,
}: {
  couldServe: number;
  playing: number;
  /** How many the pace allows by now. */
  credit: number;
  waiting: number;
}): number {
  return Math.max(0, Math.floor(Math.min(couldServe - playing, credit, waiting)));
}

const [firstPace, slowestPace] = [5, 1];
const [faster, slower] = [1.25, 0.5];

/**
 * People a second, by additive care and multiplicative retreat: a quarter more while what was called
 * is answered well within the budget, half of it as soon as it is not. It grows only where it was
 * what held people back: a pace that nobody has tried says nothing of what goes well.
 */
export function decidePace({
  pace,
  slowestMs,
  latencyBudgetMs,
  mostPerSecond,
  heldBack,
}: {
  pace: number | null;
  slowestMs: number;
  latencyBudgetMs: number;
  mostPerSecond: number;
  heldBack: boolean;
}): number {
  const before = pace ?? firstPace;
  const bounded = (next: number) => Math.min(mostPerSecond, Math.max(slowestPace, next));
  if (slowestMs > latencyBudgetMs) return bounded(before * slower);
  if (slowestMs < latencyBudgetMs / 2 && heldBack) return bounded(before * faster);
  return bounded(before);
}

/** What a pace allows by now; what was not used is kept for two seconds, and one person always. */
export const creditOf = (left: number, perSecond: number, elapsedMs: number) =>
  Math.min(left + (perSecond * elapsedMs) / 1_000, Math.max(1, perSecond * 2));

/** The rate that an organiser set, in people a second. */
export const rateOf = (pacing: Pacing, mostPerSecond: number): number | undefined =>
  pacing.by === 'rate' ? Math.min(mostPerSecond, pacing.perMinute / 60) : undefined;
