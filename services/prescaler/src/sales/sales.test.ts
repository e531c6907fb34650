import { describe, expect, test } from 'vitest';
import { bookingsPerPod } from '../capacity/figures.ts';
import { targetOf } from '../minimums/target-test.ts';
import { mergeSales } from './known-sales.ts';
import { planOf } from './plan.ts';
import type { Sale } from './sale.ts';
import { workOut } from './work-out.ts';

const minute = 60_000;
const hour = Date.parse('2026-12-01T10:00:00Z');
const times = { startUpMs: minute, marginMs: 2 * minute, holdMs: 15 * minute };

const bare = (more: Partial<Sale> = {}): Sale => ({
  id: 'bare',
  offeringId: 'offering',
  organiserId: 'organiser',
  saleAt: hour,
  crowd: { room: false, capacity: 6_000 },
  waiting: 0,
  closesAt: null,
  goneAt: null,
  ...more,
});
const withRoom = (more: Partial<Sale> = {}): Sale =>
  bare({
    id: 'room',
    crowd: { room: true, buyers: 20_000, perSecond: null },
    closesAt: hour + 60 * minute,
    ...more,
  });

describe('minimums rise', () => {
  test('before the hour by what a pod takes to start, and a margin', () => {
    const { raisesAt } = planOf(bare(), times, hour - 10 * minute);

    expect(raisesAt).toBe(hour - 3 * minute);
  });

  test.each([
    [-4, 'planned'],
    [-3, 'raising'],
    [-2, 'raised'],
    [14, 'raised'],
    [15, 'returning'],
    [17, 'over'],
  ])('and %s minutes from it the sale is %s', (minutes, phase) => {
    expect(planOf(bare(), times, hour + minutes * minute).phase).toBe(phase);
  });
});

describe('a sale has calmed', () => {
  test('not while people wait in its room', () => {
    const waiting = withRoom({ waiting: 300 });
    const returnsAfter = (minutes: number) =>
      (planOf(waiting, times, hour + minutes * minute).returnsAt - hour) / minute;

    expect(planOf(withRoom(), times, hour).returnsAt).toBe(hour + 15 * minute);
    // Before the hour everybody waits; then as long again as is usual, in steps of five.
    expect([-5, 0, 1, 5, 6, 14].map(returnsAfter)).toEqual([15, 15, 20, 20, 25, 30]);
    // Its end is the end.
    expect(returnsAfter(59)).toBe(60);
  });

  test('when its room was closed', () => {
    const closed = withRoom({ goneAt: hour + 4 * minute, waiting: 300 });

    expect(planOf(closed, times, hour).returnsAt).toBe(hour + 4 * minute);
  });
});

describe('what is known', () => {
  const keptMs = 25 * minute;
  const merge = (before: Sale[], told: Sale[], now: number) =>
    mergeSales(before, told, { now, keptMs }).map(({ id, goneAt }) => [id, goneAt]);

  test('of a sale outlives being told of it, once it has begun', () => {
    expect(merge([bare()], [], hour + minute)).toEqual([['bare', hour + minute]]);
    expect(merge([bare()], [], hour + 30 * minute)).toEqual([['bare', hour + 30 * minute]]);
    expect(merge([bare({ goneAt: hour })], [], hour + keptMs)).toEqual([]);
  });

  test('of one that was called off does not', () => {
    expect(merge([bare()], [], hour - minute)).toEqual([]);
  });

  test('by a room is not counted a second time by its slots', () => {
    expect(merge([], [bare(), withRoom()], hour - minute)).toEqual([['room', null]]);
  });
});

test('two sales at once add up, each as long as it is high', () => {
  const settings = {
    marginMs: 2 * minute,
    holdMinutes: 15,
    buyersPerPlace: 2,
    firstMinutePercent: 50,
    roomMostPerSecond: 200,
    bookingsPerPod,
    reservationConnections: 800,
    connectionsPerReplica: 10,
  } as Parameters<typeof workOut>[0]['settings'];
  const gatewayAt = (now: number, ...sales: Sale[]) =>
    workOut({
      sales,
      targets: [targetOf('gateway', { maximum: 50 }), targetOf('reservation', { maximum: 50 })],
      settings,
      startUpMs: minute,
      now,
    }).asked.gateway;
  const later = bare({ id: 'later', saleAt: hour + 10 * minute });

  expect(gatewayAt(hour, bare()).replicas).toBe(2);
  expect(gatewayAt(hour + 10 * minute, bare(), later).replicas).toBe(4);
  expect(gatewayAt(hour + 20 * minute, bare(), later).replicas).toBe(2);
  expect(gatewayAt(hour + 20 * minute, bare(), later).until).toBe(hour + 25 * minute);
  expect(gatewayAt(hour + 60 * minute, bare(), later)).toMatchObject({ replicas: 0, until: null });
});
