import { expect } from 'vitest';
import { createIntent, eventually, test } from '../fake-test.ts';

const paid = { payment_method: 'pm_card_visa', confirm: true };

test('gives money back in parts until there is none left', async ({ fake, hook }) => {
  const stripe = fake.sdk();
  const { id } = await createIntent(fake, paid);

  const first = await stripe.refunds.create({ payment_intent: id, amount: 1_200 });
  const second = await stripe.refunds.create({ payment_intent: id, metadata: { why: 'rest' } });

  expect(first).toMatchObject({ amount: 1_200, status: 'succeeded', payment_intent: id });
  expect(second).toMatchObject({ amount: 3_000, metadata: { why: 'rest' } });
  await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({
    code: 'charge_already_refunded',
  });
  expect((await stripe.refunds.list({ payment_intent: id })).data).toEqual([second, first]);
  await eventually(() => {
    const refunded = hook.events.filter(({ type }) => type === 'charge.refunded');
    const amounts = refunded.map(({ data }) => (data.object as object as Refunded).amount_refunded);
    expect(amounts.sort()).toEqual([1_200, 4_200]);
  });
});
type Refunded = { amount_refunded: number };

test('refuses more than is left, and what was never paid', async ({ fake }) => {
  const stripe = fake.sdk();
  const { id } = await createIntent(fake, paid);
  const open = await createIntent(fake);

  await expect(stripe.refunds.create({ payment_intent: id, amount: 4_201 })).rejects.toMatchObject({
    statusCode: 400,
    param: 'amount',
  });
  await expect(stripe.refunds.create({ payment_intent: open.id })).rejects.toThrow(
    'does not have a successful charge',
  );
});

test('lets a refund fail a while after it was accepted', async ({ fake, hook }) => {
  const { id } = await createIntent(fake, { ...paid, payment_method: 'pm_card_refundFail' });

  const refund = await fake.sdk().refunds.create({ payment_intent: id });

  expect(refund.status).toBe('succeeded');
  await eventually(() => expect(hook.events.map(({ type }) => type)).toContain('refund.failed'));
  const failed = await fake.sdk().refunds.retrieve(refund.id, { expand: ['charge'] });
  expect(failed).toMatchObject({ status: 'failed', charge: { amount_refunded: 0 } });
});

test('lets a refund wait before it succeeds', async ({ fake }) => {
  const { id } = await createIntent(fake, { ...paid, payment_method: 'pm_card_pendingRefund' });

  const refund = await fake.sdk().refunds.create({ payment_intent: id });

  expect(refund.status).toBe('pending');
  await eventually(async () =>
    expect((await fake.sdk().refunds.retrieve(refund.id)).status).toBe('succeeded'),
  );
});
