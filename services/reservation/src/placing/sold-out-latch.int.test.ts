import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Pool } from '@guichet/postgres/pool';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, vi } from 'vitest';
import {
  GRACE_MS,
  manageTokens,
  noTelling,
  quoteFor,
  seedSlot,
  test,
} from '../reservation-test.ts';
import { placeBooking } from './place-booking.ts';
import { createPlacingQueue } from './placing-queue.ts';

/** One process of reservation, as far as placing goes. */
function aProcess(pool: Pool, quote: QuoteClaims) {
  const metrics = createMetrics({ service: 'test' });
  const live = () => ({ holdMs: 600_000, queueBudgetMs: 20_000 });
  const buy = placeBooking({
    pool,
    queue: createPlacingQueue({ pool, graceMs: GRACE_MS, live, metrics }),
    verifyQuote: async () => quote,
    manageTokens,
    live,
    graceMs: GRACE_MS,
    told: noTelling,
    metrics,
  });
  return {
    buy: async (key = newId()) => {
      const claim = { scope: 'test', key, bodyHash: 'same' };
      const { booking } = await buy({ claim, quote: '', customerId: null, contact: null });
      return booking.id;
    },
    /** How often memory alone has refused. */
    async latched(): Promise<number> {
      const { values } = (await metrics.registry
        .getSingleMetric('guichet_placing_outcomes_total')
        ?.get()) ?? { values: [] };
      return values.find(({ labels }) => labels.outcome === 'latched')?.value ?? 0;
    },
  };
}

test('what is cancelled in one process is bought in another that was sold out', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const [one, other] = [aProcess(pool, quoteFor(slot)), aProcess(pool, quoteFor(slot))];
  const id = await one.buy();
  for (let nth = 0; nth < 3; nth += 1) {
    await expect(other.buy()).rejects.toMatchObject({ code: 'sold_out' });
  }
  expect(await other.latched()).toBe(2);

  await pool.query(`select end_bookings(array[$1::uuid], 'CANCELLED', 'booking.cancelled')`, [id]);

  await vi.waitFor(() => other.buy(), { timeout: 10_000, interval: 20 });
});

test('whoever has bought is answered so again, sold out or not', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const { buy, latched } = aProcess(pool, quoteFor(slot));
  const key = newId();
  const id = await buy(key);
  await expect(buy()).rejects.toMatchObject({ code: 'sold_out' });

  const answers = await Promise.allSettled([buy(key), buy(), buy(key), buy()]);

  expect(answers).toMatchObject([
    { value: id },
    { reason: { code: 'sold_out' } },
    { value: id },
    { reason: { code: 'sold_out' } },
  ]);
  expect(await latched()).toBe(4);
});
