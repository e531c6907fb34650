import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { begin, type House, payByCard, post, test } from '../payment-test.ts';
import { refundMessages } from './refund-messages.ts';
import { refundDue } from './refund-test.ts';

const patience = { timeout: 20_000, interval: 50 };

async function paid(house: House): Promise<string> {
  const bookingId = randomUUID();
  await payByCard(house, (await begin(house, bookingId)).body.clientSecret);
  await vi.waitFor(
    async () => expect((await house.store.find(bookingId))?.status).toBe('succeeded'),
    patience,
  );
  return bookingId;
}
const refund = (
  house: House,
  id: string,
  amountCents: number,
  asked: { as?: string; key?: string } = {},
) =>
  post(
    house,
    `/api/payments/${id}/refunds`,
    { amountCents, reason: 'asked for' },
    { as: 'manager', ...asked },
  );

test('money goes back in parts until it is all back, and never more', async ({ house }) => {
  const id = await paid(house);

  expect((await refund(house, id, 1_200)).body).toMatchObject({
    status: 'partially_refunded',
    refundedCents: 1_200,
  });
  expect(await refund(house, id, 3_001)).toMatchObject({
    status: 422,
    body: { code: 'refund_too_large', detail: expect.stringContaining('3000') },
  });
  expect((await refund(house, id, 3_000)).body).toMatchObject({
    status: 'refunded',
    refundedCents: 4_200,
  });
});

test('one key gives back once, eight times at once', async ({ house }) => {
  const id = await paid(house);
  const key = randomUUID();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => refund(house, id, 1_000, { key })),
  );

  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  expect((await house.store.find(id))?.refundedCents).toBe(1_000);
});

test('many at once never give back more than was paid', async ({ house }) => {
  const id = await paid(house);

  const answers = await Promise.all(Array.from({ length: 10 }, () => refund(house, id, 1_000)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
  expect((await house.store.find(id))?.refundedCents).toBe(4_000);
});

test('a refund that the provider was away for is finished later, once', async ({ house }) => {
  const id = await paid(house);
  house.fake.faults.add({ fault: 'drop', operation: 'refunds.create', times: 3 });

  expect((await refund(house, id, 1_000)).status).toBe(503);
  await house.reconciliation.reconcile();

  expect(await house.store.find(id)).toMatchObject({ refundedCents: 1_000 });
  expect([...house.fake.account.refunds.values()]).toHaveLength(1);
});

test('only staff of the organiser who may refund can', async ({ house }) => {
  const id = await paid(house);

  expect((await refund(house, id, 100, { as: 'clerk' })).status).toBe(403);
  expect(await refund(house, id, 100, { as: 'stranger' })).toMatchObject({
    status: 404,
    body: { code: 'payment_not_found' },
  });
});

test('what was never paid is not given back', async ({ house }) => {
  const id = randomUUID();
  await begin(house, id);

  expect(await refund(house, id, 100)).toMatchObject({
    status: 409,
    body: { code: 'payment_not_succeeded' },
  });
});

test.for(['late_payment_unavailable', 'late_payment_cancelled'] as const)(
  'late money goes back by itself, however often it is said, and says why: %s',
  async (reason, { house }) => {
    const id = await paid(house);
    const { handle } = refundMessages({ store: house.store, refunds: house.refunds });
    const due = () => handle(refundDue(id, 4_200, reason));

    await Promise.all([due(), due()]);
    await due();

    expect(await house.store.find(id)).toMatchObject({
      status: 'refunded',
      refundedCents: 4_200,
      refunds: [{ reason }],
    });
    expect([...house.fake.account.refunds.values()]).toHaveLength(1);
  },
);
