import { expect } from 'vitest';
import {
  facts,
  placed,
  quoteFor,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { actions, owner } from './fence-test.ts';
import type { ClosePayment } from './run-fence.ts';

test('cancelling what was never paid frees its places at once and gives nothing back', async ({
  pool,
}) => {
  const { cancel } = actions(pool, async () => 'paid');
  const id = await placed(pool, quoteFor(await seedSlot(pool)));

  expect(await cancel(id, owner(id))).toMatchObject({ status: 'CANCELLED' });

  expect((await facts(pool, id)).at(-1)).toMatchObject({
    type: 'booking.cancelled',
    data: { refundCents: 0, status: 'CANCELLED' },
  });
  expect(await wrongCounters(pool)).toEqual([]);
  await expect(cancel(id, owner(id))).rejects.toMatchObject({ code: 'booking_ended' });
});

test('cancelling what is being paid waits for the fence', async ({ pool }) => {
  let answer: Awaited<ReturnType<ClosePayment>> = 'processing';
  const { begin, cancel } = actions(pool, async () => answer);
  const id = await placed(pool, quoteFor(await seedSlot(pool)));
  await begin(id, owner(id));

  await expect(cancel(id, owner(id))).rejects.toMatchObject({ code: 'payment_in_progress' });
  await expect(begin(id, owner(id))).rejects.toMatchObject({ code: 'hold_expired' });
  expect(await statusOf(pool, id)).toBe('PENDING');

  answer = 'closed';
  expect(await cancel(id, owner(id))).toMatchObject({ status: 'CANCELLED' });
  expect(await wrongCounters(pool)).toEqual([]);
});

test('cancelling what is paid gives back by the rules of its quote', async ({ pool }) => {
  const { cancel } = actions(pool, async () => 'paid');
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const refundAfter = async (hours: number) => {
    const slot = await seedSlot(pool, { startsAt: inHours(hours) });
    const id = await placed(pool, quoteFor(slot));
    await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [id]);
    await cancel(id, owner(id));
    return (await facts(pool, id)).at(-1)?.data.refundCents;
  };

  expect(await refundAfter(49)).toBe(2500);
  expect(await refundAfter(47)).toBe(1250);
  expect(await refundAfter(1)).toBe(0);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a booking of a date that has passed cannot be cancelled', async ({ pool }) => {
  const { cancel } = actions(pool, async () => 'closed');
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  await pool.query(`update slots set starts_at = now() - interval '1 minute'`);

  await expect(cancel(id, owner(id))).rejects.toMatchObject({ code: 'slot_departed' });
});
