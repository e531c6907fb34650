import { newId } from '@guichet/contracts/ids';
import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { quoteFor, seedSlot } from '../reservation-test.ts';

test('places that are taken and statements that take them are counted, a replay is not', async ({
  pool,
  reservation,
}) => {
  const quote = await reservation.quote(quoteFor(await seedSlot(pool, { capacity: 5 }), 3));
  const key = newId();
  const statuses = [];
  for (const again of [key, key, newId()]) {
    const answer = await reservation.ask('POST', '/api/bookings', { json: { quote }, key: again });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([201, 201, 409]);

  const text = await reservation.metrics.registry.metrics();
  expect(text).toContain('guichet_places_taken_total{service="reservation"} 3\n');
  const { 1: took } = /^guichet_placing_statement_seconds_sum\{.*\} (\S+)$/m.exec(text) ?? [];
  expect(text).toContain('guichet_placing_statement_seconds_count{service="reservation"} 3\n');
  expect(Number(took)).toBeGreaterThan(0);
});
