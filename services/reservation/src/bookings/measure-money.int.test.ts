import { createMessage } from '@guichet/messaging/message';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { lapse, placed, quoteFor, seedSlot, test } from '../reservation-test.ts';
import { bookingMessages } from './booking-messages.ts';
import { measureMoney } from './measure-money.ts';
import { actions, paymentOf } from './paying-test.ts';

test('how long holds take to be paid and payments to confirm, and what becomes of late money', async ({
  pool,
}) => {
  const metrics = createMetrics({ service: 'test' });
  const { confirm: confirmBooking } = actions(pool);
  const logger = createLogger({ service: 'test', level: 'silent' });
  const { handle } = bookingMessages({
    pool,
    confirmBooking,
    measure: measureMoney(metrics),
    logger,
  });
  const said = async (name: string) => {
    const text = await metrics.registry.metrics();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  const pay = async (id: string, secondsAgo = 0) => {
    const data = await paymentOf(pool, id);
    const fact = createMessage({
      source: 'payment',
      type: 'payment.succeeded',
      subject: id,
      sequence: 2,
      data,
    });
    const message = { ...fact, time: new Date(Date.now() - secondsAgo * 1_000).toISOString() };
    await handle(message);
    await handle(message);
  };
  const slot = await seedSlot(pool, { capacity: 1 });

  const retaken = await placed(pool, quoteFor(slot));
  await lapse(pool, retaken);
  const other = await placed(pool, quoteFor(slot));
  await lapse(pool, other);
  await pool.query(`update bookings set created_at = created_at - interval '90 seconds'`);
  await pay(retaken, 20);
  await pay(other);
  const inTime = await placed(pool, quoteFor(await seedSlot(pool)));
  await pay(inTime);

  const late = (outcome: string) =>
    said(`guichet_late_payments_total\\{outcome="${outcome}",service="test"\\}`);
  expect([await late('retaken'), await late('refunded')]).toEqual([1, 1]);
  const service = '\\{service="test"\\}';
  expect(await said(`guichet_hold_to_paid_seconds_count${service}`)).toBe(2);
  expect(await said(`guichet_hold_to_paid_seconds_sum${service}`)).toBeGreaterThan(90);
  expect(await said(`guichet_paid_to_confirmed_seconds_count${service}`)).toBe(2);
  expect(await said(`guichet_paid_to_confirmed_seconds_sum${service}`)).toBeGreaterThan(20);
});
