import { randomUUID } from 'node:crypto';
import { messageSchemas } from '@guichet/contracts/messages';
import { expect, vi } from 'vitest';
import { begin, type House, manageToken, post, test as withHouse } from '../payment-test.ts';
import { refundMessages } from '../refunds/refund-messages.ts';
import { cancelledAtNoCost } from '../refunds/refund-test.ts';

const patience = { timeout: 20_000, interval: 50 };

/** A house whose bookings cost nothing, and whose provider answers nobody: it must not be asked. */
const test = withHouse.extend<{ free: House }>({
  free: async ({ house }, use) => {
    house.due.amountCents = 0;
    house.fake.faults.add({ fault: 'drop' });
    await use(house);
    expect(house.fake.account.intents.size).toBe(0);
  },
});
const toldOf = (house: House) => house.told.map(({ type }) => type);
const untilTold = (house: House) =>
  vi.waitFor(() => expect(toldOf(house)).toEqual(['payment.succeeded']), patience);

test('what costs nothing is paid at once, and told like any other payment', async ({ free }) => {
  const bookingId = randomUUID();

  const begun = await begin(free, bookingId);

  expect(begun).toEqual({
    status: 201,
    body: { provider: 'none', id: bookingId, status: 'succeeded' },
  });
  await untilTold(free);
  expect(messageSchemas['payment.succeeded'].parse(free.told[0]?.data)).toMatchObject({
    bookingId,
    provider: 'none',
    providerRef: '',
    amountCents: 0,
  });
  const seen = await fetch(`${free.url}/api/payments/${bookingId}`, {
    headers: { 'x-manage-token': manageToken },
  });
  expect(await seen.json()).toMatchObject({
    provider: 'none',
    status: 'succeeded',
    amountCents: 0,
  });
});

test('nothing moved, so the ledger has no entry of it', async ({ free }) => {
  const bookingId = randomUUID();
  await begin(free, bookingId);
  await untilTold(free);

  expect(await free.books.list(bookingId)).toEqual([]);
});

test('eight at once with one key are one payment, answered eight times the same', async ({
  free,
}) => {
  const bookingId = randomUUID();
  const key = randomUUID();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => begin(free, bookingId, { key })),
  );

  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify(answers[0])]),
  );
  expect(answers[0]?.status).toBe(201);
  await untilTold(free);
  expect((await free.store.find(bookingId))?.version).toBe(2);
});

test('of eight at once with a key each, one pays and seven are told that it is paid', async ({
  free,
}) => {
  const bookingId = randomUUID();

  const answers = await Promise.all(Array.from({ length: 8 }, () => begin(free, bookingId)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'already_paid')).toHaveLength(7);
  await untilTold(free);
});

test('another key is told that it is paid, whether reservation has heard of it or not', async ({
  free,
}) => {
  const bookingId = randomUUID();
  await begin(free, bookingId);

  expect(await begin(free, bookingId)).toMatchObject({
    status: 409,
    body: { code: 'already_paid' },
  });
  free.due.isPending = false;
  expect(await begin(free, bookingId)).toMatchObject({
    status: 409,
    body: { code: 'already_paid' },
  });
  expect(await begin(free, randomUUID())).toMatchObject({
    status: 409,
    body: { code: 'booking_not_pending' },
  });
});

test('a key whose answer was lost with its process is answered again', async ({ free }) => {
  const bookingId = randomUUID();
  const key = randomUUID();
  const first = await begin(free, bookingId, { key });
  // What such an end leaves: the payment is made, its answer is nowhere kept.
  await free.db.collection('idempotency_keys').deleteMany({});

  expect(await begin(free, bookingId, { key })).toEqual(first);
  await free.db.collection('idempotency_keys').deleteMany({});
  free.due.isPending = false;
  expect(await begin(free, bookingId, { key })).toEqual(first);
  await untilTold(free);
});

test('after the fence nothing is paid, not even nothing', async ({ free }) => {
  const bookingId = randomUUID();

  expect(await free.closePayment(bookingId, 'expired')).toBe('closed');
  expect(await begin(free, bookingId)).toMatchObject({
    status: 409,
    body: { code: 'payment_closed' },
  });
  expect((await free.store.find(bookingId))?.status).toBe('cancelled');
});

test('paid first, the fence leaves the places', async ({ free }) => {
  const bookingId = randomUUID();
  await begin(free, bookingId);

  expect(await free.closePayment(bookingId, 'cancelled')).toBe('paid');
});

test('beginning and closing at once is either paid or closed, and both sides know which', async ({
  free,
}) => {
  for (let round = 0; round < 30; round += 1) {
    const bookingId = randomUUID();
    const [begun, closing] = await Promise.all([
      begin(free, bookingId),
      free.closePayment(bookingId, 'expired'),
    ]);

    expect([begun.status === 201 ? 'paid' : begun.body.code, closing]).toEqual(
      closing === 'paid' ? ['paid', 'paid'] : ['payment_closed', 'closed'],
    );
  }
});

test('cancelling gives nothing back and asks the provider nothing', async ({ free }) => {
  const bookingId = randomUUID();
  await begin(free, bookingId);
  await untilTold(free);
  const { handle } = refundMessages({ store: free.store, refunds: free.refunds });

  await handle(cancelledAtNoCost(bookingId));

  expect(await free.store.find(bookingId)).toMatchObject({ status: 'succeeded', refunds: [] });
  expect(
    await post(
      free,
      `/api/payments/${bookingId}/refunds`,
      { amountCents: 1, reason: 'try' },
      { as: 'manager' },
    ),
  ).toMatchObject({ status: 422, body: { code: 'refund_too_large' } });
  expect(toldOf(free)).toEqual(['payment.succeeded']);
});
