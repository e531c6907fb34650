import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { begin, type House, test } from '../payment-test.ts';

const patience = { timeout: 20_000, interval: 50 };
const tooSmall = { status: 422, body: { code: 'amount_too_small' } };

/** What a process leaves that ended while it asked the provider: nobody knows how it answered. */
async function askingUnanswered(house: House): Promise<string> {
  const bookingId = randomUUID();
  await begin(house, bookingId);
  await house.db
    .collection('payments')
    .updateOne(
      { _id: bookingId as never },
      { $set: { attempts: [{ number: 1, state: 'creating' }], status: 'pending', failure: null } },
    );
  return bookingId;
}

test('less than the provider takes is refused with its own code, and told once', async ({
  house,
}) => {
  const bookingId = randomUUID();
  house.due.amountCents = 49;

  expect(await begin(house, bookingId)).toMatchObject(tooSmall);

  await vi.waitFor(
    () =>
      expect(house.told).toMatchObject([
        { type: 'payment.failed', data: { failureCode: 'amount_too_small', providerRef: '' } },
      ]),
    patience,
  );
  expect(await house.store.find(bookingId)).toMatchObject({
    status: 'failed',
    failure: { code: 'amount_too_small' },
    attempts: [{ number: 1, state: 'refused' }],
  });
  // The same question has the same answer: the provider is not asked again.
  house.fake.faults.add({ fault: 'drop' });
  expect(await begin(house, bookingId)).toMatchObject(tooSmall);
  expect(house.told).toHaveLength(1);
});

test('the least that the provider takes is taken', async ({ house }) => {
  house.due.amountCents = 50;

  expect(await begin(house, randomUUID())).toMatchObject({
    status: 201,
    body: { provider: 'stripe', clientSecret: expect.any(String) },
  });
});

test('the fence closes what the provider refused, answered or not', async ({ house }) => {
  house.due.amountCents = 1;
  const refused = randomUUID();
  await begin(house, refused);
  const unanswered = await askingUnanswered(house);

  expect(await house.closePayment(refused, 'expired')).toBe('closed');
  expect(await house.closePayment(unanswered, 'expired')).toBe('closed');
  expect((await house.store.find(unanswered))?.attempts).toEqual([{ number: 1, state: 'refused' }]);
});

test('the reconciliation ends an attempt that the provider refuses, and goes on', async ({
  house,
}) => {
  house.due.amountCents = 1;
  const unanswered = await askingUnanswered(house);
  house.due.amountCents = 4_200;
  const next = await askingUnanswered(house);

  await house.reconciliation.reconcile();

  expect((await house.store.find(next))?.attempts).toMatchObject([{ state: 'open' }]);
  expect(await house.store.find(unanswered)).toMatchObject({
    status: 'failed',
    attempts: [{ state: 'refused' }],
  });
});

test('whatever else the provider refuses is a refusal too, and may be tried again once it is mended', async ({
  house,
}) => {
  const bookingId = randomUUID();
  house.due.amountCents = 100_000_000;

  expect(await begin(house, bookingId)).toMatchObject({
    status: 422,
    body: { code: 'payment_refused' },
  });
  expect(await begin(house, bookingId)).toMatchObject({ status: 422 });

  expect((await house.store.find(bookingId))?.attempts).toEqual([
    { number: 1, state: 'refused' },
    { number: 2, state: 'refused' },
  ]);
  expect(await house.closePayment(bookingId, 'expired')).toBe('closed');
});

test('a payment that cannot be looked after holds up no other', async ({ house }) => {
  const [broken, next] = [await askingUnanswered(house), await askingUnanswered(house)];
  await house.db
    .collection('payments')
    .updateOne({ _id: broken as never }, { $set: { currency: null, updatedAt: new Date(0) } });

  await house.reconciliation.reconcile();

  expect((await house.store.find(next))?.attempts).toMatchObject([{ state: 'open' }]);
});
