import type { Metrics } from '@guichet/telemetry/metrics';
import type { Settled } from './confirm-booking.ts';

/** From the hold to the money, and from the money to the booking that it confirms. */
export function measureMoney(metrics: Metrics) {
  const holdToPaid = metrics.histogram({
    name: 'guichet_hold_to_paid_seconds',
    help: 'From when a booking was placed to when money confirmed it',
    buckets: [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 86_400],
  });
  const paidToConfirmed = metrics.histogram({
    name: 'guichet_paid_to_confirmed_seconds',
    help: 'From when payment told that money has come to when the booking was confirmed',
    // 5 s is the objective's threshold.
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
  });
  const late = metrics.counter({
    name: 'guichet_late_payments_total',
    help: 'Money that came after its booking had expired, by what became of it',
    labelNames: ['outcome'],
  });

  /** `toldAt`: when payment told that the money has come, in milliseconds since 1970. */
  return ({ booking, outcome }: Settled, toldAt: number): void => {
    const isConfirmed = outcome === 'confirm';
    if (booking.status === 'EXPIRED') late.inc({ outcome: isConfirmed ? 'retaken' : 'refunded' });
    if (!isConfirmed) return;
    // By the database's clock, both of them.
    holdToPaid.observe((booking.now.getTime() - booking.createdAt.getTime()) / 1_000);
    paidToConfirmed.observe(Math.max(0, Date.now() - toldAt) / 1_000);
  };
}
export type MeasureMoney = ReturnType<typeof measureMoney>;
