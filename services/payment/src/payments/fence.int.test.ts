import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, vi } from 'vitest';
import { begin, manageToken, payByCard, test } from '../payment-test.ts';

const patience = { timeout: 20_000, interval: 50 };

test('after the fence no card is taken, and nobody can begin again', async ({ house }) => {
  const bookingId = randomUUID();
  const { clientSecret } = (await begin(house, bookingId)).body;

  expect(await house.closePayment(bookingId, 'expired')).toBe('closed');
  expect(await payByCard(house, clientSecret)).toBe(400);
  expect(await begin(house, bookingId)).toMatchObject({
    status: 409,
    body: { code: 'payment_closed' },
  });
});

test('a payment that never began is closed so that it never will', async ({ house }) => {
  const bookingId = randomUUID();

  expect(await house.closePayment(bookingId, 'cancelled')).toBe('closed');
  expect((await begin(house, bookingId)).body.code).toBe('payment_closed');
  expect(house.fake.account.intents.size).toBe(0);
});

test('an intent still in creation is found by its key and cancelled', async ({ house }) => {
  const bookingId = randomUUID();
  const { clientSecret } = (await begin(house, bookingId)).body;
  await house.db
    .collection('payments')
    .updateOne(
      { _id: bookingId as never },
      { $set: { attempts: [{ number: 1, state: 'creating' }] } },
    );

  expect(await house.closePayment(bookingId, 'expired')).toBe('closed');
  expect(await payByCard(house, clientSecret)).toBe(400);
  expect(house.fake.account.intents.size).toBe(1);
});

test('money that was there first keeps the places', async ({ house }) => {
  const bookingId = randomUUID();
  house.fake.faults.add({ fault: 'webhook_drop' });
  await payByCard(house, (await begin(house, bookingId)).body.clientSecret);

  expect(await house.closePayment(bookingId, 'expired')).toBe('paid');
  await vi.waitFor(
    () => expect(house.told.map(({ type }) => type)).toEqual(['payment.succeeded']),
    patience,
  );
});

test('a provider that does not answer leaves the fence to be tried again', async ({ house }) => {
  const bookingId = randomUUID();
  const { clientSecret } = (await begin(house, bookingId)).body;
  house.fake.faults.add({ fault: 'drop', operation: 'payment_intents.cancel', times: 3 });

  await expect(house.closePayment(bookingId, 'expired')).rejects.toMatchObject({
    code: 'provider_unavailable',
  });
  expect(await house.closePayment(bookingId, 'expired')).toBe('closed');
  expect(await payByCard(house, clientSecret)).toBe(400);
});

test('beginning and closing at once never ends closed with an intent that a card can pay', async ({
  house,
}) => {
  const claimant = { manageToken };
  for (let round = 0; round < 20; round += 1) {
    const bookingId = randomUUID();
    const [begun, closed] = await Promise.allSettled([
      house.beginPaying(bookingId, claimant, randomUUID()),
      house.closePayment(bookingId, 'expired'),
    ]);
    const intents = [...house.fake.account.intents.values()].filter(
      ({ metadata }) => metadata.bookingId === bookingId,
    );
    const payable = intents.filter(({ status }) => status !== 'canceled');

    if (closed.status === 'fulfilled' && closed.value === 'closed') expect(payable).toEqual([]);
    if (begun.status === 'rejected') {
      expect(begun.reason).toMatchObject({
        code: expect.stringMatching(/payment_closed|provider_unavailable/),
      });
    }
  }
});

test('a close that comes between the provider’s answer and our writing wins', async ({ house }) => {
  const bookingId = randomUUID();
  let closing: Promise<unknown> | undefined;
  const onStep = (message: unknown) => {
    if ((message as { name: string }).name !== 'payment.intent_created' || closing) return;
    closing = house.closePayment(bookingId, 'expired');
  };
  subscribe('guichet:steps', onStep);
  const begun = await begin(house, bookingId);
  unsubscribe('guichet:steps', onStep);

  expect(await closing).toBe('closed');
  if (begun.status === 201) expect(await payByCard(house, begun.body.clientSecret)).toBe(400);
  else expect(begun.body.code).toBe('payment_closed');
  expect([...house.fake.account.intents.values()].map(({ status }) => status)).toEqual([
    'canceled',
  ]);
});

test('negative control: with the closing taken off, a card is taken for a place that was freed', async ({
  house,
}) => {
  const bookingId = randomUUID();
  await begin(house, bookingId);
  expect(await house.closePayment(bookingId, 'expired')).toBe('closed');
  await house.db
    .collection('payments')
    .updateOne({ _id: bookingId as never }, { $unset: { closed: '' } });

  const begun = await begin(house, bookingId);

  expect(begun.status).toBe(201);
  expect(await payByCard(house, begun.body.clientSecret)).toBe(200);
});
