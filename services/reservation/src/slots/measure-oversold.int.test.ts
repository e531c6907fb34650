import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { placed, quoteFor, seedSlot, test } from '../reservation-test.ts';
import { measureOversold } from './measure-oversold.ts';

test('places that bookings have and no slot has are told until they are no more', async ({
  pool,
}) => {
  const clock = { aheadMs: 0 };
  const metrics = createMetrics({ service: 'test' });
  measureOversold({ pool, metrics, now: () => Date.now() + clock.aheadMs });
  const said = async () =>
    /^guichet_oversold_places\{.*\} (\S+)$/m.exec(await metrics.registry.metrics())?.[1];
  const slot = await seedSlot(pool, { capacity: 2 });
  await placed(pool, quoteFor(await seedSlot(pool), 3));
  const first = await placed(pool, quoteFor(slot, 2));
  expect(await said()).toBe('0');

  // A counter that says too little: the constraint on it sees nothing.
  await pool.query('update slots set taken = 0 where id = $1', [slot.id]);
  await placed(pool, quoteFor(slot));
  await placed(pool, quoteFor(slot));
  expect(await said()).toBe('2');

  // Nobody has booked for an hour, and they are as many as before.
  clock.aheadMs = 3_600_000;
  expect(await said()).toBe('2');
  await pool.query(`update bookings set status = 'CANCELLED' where id = $1`, [first]);
  expect(await said()).toBe('0');
});
