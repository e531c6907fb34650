import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookingRate } from './booking-rate.ts';
import { bookingsPerPod, scaled } from './figures.ts';
import { replicasFor } from './replicas.ts';

const settings = { buyersPerPlace: 2, firstMinutePercent: 50, roomMostPerSecond: 200 };
const bounds = {
  most: { gateway: 10, reservation: 8, payment: 6, notification: 4 },
  reservationConnections: 80,
  connectionsPerReplica: 10,
};

describe('bookings at the height', () => {
  test('are half of all buyers in the first minute, where nothing makes the rush flat', () => {
    expect(bookingRate({ room: false, capacity: 6_000 }, settings)).toBe(100);
  });

  test('are what a room lets in, and never more than come', () => {
    expect(bookingRate({ room: true, buyers: 20_000, perSecond: 10 }, settings)).toBe(10);
    expect(bookingRate({ room: true, buyers: 5, perSecond: 10 }, settings)).toBe(5);
    expect(bookingRate({ room: true, buyers: 1_000_000, perSecond: null }, settings)).toBe(200);
  });
});

describe('replicas', () => {
  test('are as many as the bookings need', () => {
    const { gateway, payment } = replicasFor(40, bookingsPerPod, bounds);

    expect(gateway).toEqual({ replicas: 1, because: null });
    expect(payment).toEqual({ replicas: 5, because: null });
  });

  test('are no more than the autoscaler’s maximum, which is said', () => {
    expect(replicasFor(10_000, bookingsPerPod, bounds).gateway).toEqual({
      replicas: 10,
      because: '167 would be needed, but its autoscaler’s maximum is 10.',
    });
  });

  test('of reservation are no more than the database has connections for', () => {
    const few = { ...bounds, reservationConnections: 35 };

    expect(replicasFor(10_000, bookingsPerPod, few).reservation).toMatchObject({
      replicas: 3,
      because: expect.stringContaining('35 connections serve 3 replicas'),
    });
  });

  test('grow with what is asked, and stay within every bound', () => {
    const rates = fc.float({ min: 0, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(rates, rates, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [few, many] = [less, more].map((rate) => replicasFor(rate, bookingsPerPod, bounds));
        for (const name of scaled) {
          const [a, b] = [few?.[name].replicas ?? -1, many?.[name].replicas ?? -1];
          expect(a).toBeLessThanOrEqual(b);
          expect(b).toBeLessThanOrEqual(bounds.most[name]);
          expect(a).toBeGreaterThanOrEqual(0);
        }
      }),
    );
    expect.hasAssertions();
  });
});
