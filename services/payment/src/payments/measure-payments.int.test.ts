import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { begin, type House, payByCard, test } from '../payment-test.ts';
import { measurePayments } from './measure-payments.ts';
import { paymentCollection } from './payment-store.ts';

const patience = { timeout: 20_000, interval: 50 };

/** The value of a metric by its name and, where it has labels, the one that is asked for. */
const said = async ({ metrics }: House, name: string, label = '') => {
  const lines = (await metrics.registry.metrics()).split('\n');
  const line = lines.find((one) => one.startsWith(`${name}{`) && one.includes(label));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

test('payments that wait for the provider are told, and for how long nothing was heard', async ({
  house,
}) => {
  measurePayments(house);
  const waiting = async () => [
    await said(house, 'guichet_unsettled_payments'),
    await said(house, 'guichet_unsettled_payment_age_seconds'),
  ];
  expect(await waiting()).toEqual([0, 0]);

  const first = await begin(house, randomUUID());
  await begin(house, randomUUID());
  const longAgo = new Date(Date.now() - 3_600_000);
  await house.db
    .collection(paymentCollection)
    .updateOne({ _id: first.body.id as never }, { $set: { updatedAt: longAgo } });
  expect(await waiting()).toEqual([2, expect.closeTo(3_600, -2)]);

  await payByCard(house, first.body.clientSecret);
  await vi.waitFor(async () => expect((await waiting())[0]).toBe(1), patience);
  expect((await waiting())[1]).toBeLessThan(60);
});

test('payments that wait for a person are told', async ({ house }) => {
  measurePayments(house);
  expect(await said(house, 'guichet_payments_to_review')).toBe(0);

  const { id } = (await begin(house, randomUUID())).body;
  await house.store.change(id, () => ({ set: { status: 'needs_review' } }));

  expect(await said(house, 'guichet_payments_to_review')).toBe(1);
});

test('money that came and money that went back is counted in its currency', async ({ house }) => {
  const { id, clientSecret } = (await begin(house, randomUUID())).body;
  await payByCard(house, clientSecret);
  const eur = 'currency="EUR"';
  await vi.waitFor(
    async () => expect(await said(house, 'guichet_paid_cents_total', eur)).toBe(4_200),
    patience,
  );

  await house.refunds.refund(id, { id: randomUUID(), amountCents: 700, reason: 'test' });

  expect(await said(house, 'guichet_refunded_cents_total', eur)).toBe(700);
});

test('each request to the provider is counted by what came of it, and timed', async ({ house }) => {
  const outcome = (one: string) =>
    said(house, 'guichet_provider_requests_total', `outcome="${one}"`);
  // Each would be looked after with a request of its own.
  house.fake.faults.add({ fault: 'webhook_drop' });
  await begin(house, randomUUID());
  expect(await outcome('ok')).toBe(1);

  house.fake.faults.add({ fault: 'execute_then_500', times: 1 });
  house.fake.faults.add({ fault: 'drop', times: 1 });
  await begin(house, randomUUID());
  expect(await outcome('failed')).toBe(2);

  await expect(house.refunds.finish({ ...(await refusedAtTheProvider(house)) })).rejects.toThrow();
  expect(await outcome('refused')).toBe(1);
  const count = await said(house, 'guichet_provider_request_duration_seconds_count');
  expect(count).toBe(((await outcome('ok')) ?? 0) + 3);
});

/** A payment whose refund the provider refuses: nothing was paid. */
async function refusedAtTheProvider(house: House) {
  const { id } = (await begin(house, randomUUID())).body;
  const payment = await house.store.find(id);
  if (!payment) throw new Error('there is no payment');
  const [attempt] = payment.attempts;
  if (!attempt) throw new Error('there is no attempt');
  return {
    ...payment,
    attempts: [{ ...attempt, state: 'succeeded' as const }],
    refunds: [{ id: 'r', amountCents: 1, reason: 'test', state: 'asked' as const }],
  };
}
