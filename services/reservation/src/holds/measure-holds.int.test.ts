import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { GRACE_MS, place, quoteFor, seedSlot, test } from '../reservation-test.ts';
import { measureHolds } from './measure-holds.ts';

test('who holds places is counted, and how long ago the oldest hold without a payment ran out', async ({
  pool,
}) => {
  const metrics = createMetrics({ service: 'test' });
  measureHolds({ pool, graceMs: GRACE_MS, metrics });
  const said = async () => {
    const values = (await metrics.registry.getMetricsAsJSON()).map(
      ({ name, values: [first] }) => [name, first?.value] as const,
    );
    const { guichet_held_bookings, guichet_lapsed_hold_age_seconds } = Object.fromEntries(values);
    return { held: guichet_held_bookings, lapsed: guichet_lapsed_hold_age_seconds };
  };
  expect(await said()).toEqual({ held: 0, lapsed: 0 });

  const slot = await seedSlot(pool);
  for (let nth = 0; nth < 3; nth += 1) await place(pool, quoteFor(slot));
  expect(await said()).toEqual({ held: 3, lapsed: 0 });

  // One is paid for at this moment, one has only just run out, one is forgotten.
  await pool.query(`update bookings set hold_expires_at = now() - interval '1 hour'`);
  await pool.query(
    `update bookings set payment_began_at = now() where id = (select min(id::text)::uuid from bookings)`,
  );
  await pool.query(
    `update bookings set hold_expires_at = now() - interval '5 seconds'
      where id = (select max(id::text)::uuid from bookings)`,
  );
  const { held, lapsed } = await said();
  expect(held).toBe(3);
  expect(lapsed).toBeGreaterThanOrEqual(3_600);

  await pool.query(`update bookings set status = 'EXPIRED' where payment_began_at is null`);
  expect(await said()).toEqual({ held: 1, lapsed: 0 });
});
