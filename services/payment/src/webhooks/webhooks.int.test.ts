import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import Stripe from 'stripe';
import { expect, vi } from 'vitest';
import { begin, type House, payByCard, post, test } from '../payment-test.ts';

const patience = { timeout: 20_000, interval: 50 };

async function paid(house: House): Promise<string> {
  const bookingId = randomUUID();
  await payByCard(house, (await begin(house, bookingId)).body.clientSecret);
  return bookingId;
}
const signed = (payload: string, secret: string, secondsAgo = 0) =>
  new Stripe('sk_test_x').webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(Date.now() / 1_000) - secondsAgo,
  });
const event = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'ping',
  created: Math.floor(Date.now() / 1_000) - 40,
  data: { object: {} },
});
const send = (house: House, signature: string) =>
  post(house, '/api/webhooks/stripe', event, { headers: { 'stripe-signature': signature } });

test('either of two secrets is good, a wrong or an old signature is not', async ({ house }) => {
  expect((await send(house, signed(event, 'whsec_new'))).status).toBe(200);
  expect((await send(house, signed(event, 'whsec_old'))).status).toBe(200);
  for (const bad of [
    signed(event, 'whsec_other'),
    signed(event, 'whsec_new', 301),
    'nonsense',
    '',
  ]) {
    expect(await send(house, bad)).toMatchObject({
      status: 400,
      body: { code: 'signature_invalid' },
    });
  }
});

test('events that were news, that were known, and that nobody signed are counted apart', async ({
  house,
}) => {
  const warn = vi.spyOn(house.logger, 'warn');
  house.fake.faults.add({ fault: 'webhook_drop' });
  await paid(house);
  const sent = [...house.fake.account.events.values()].map(({ event: kept }) => kept);
  for (const one of [...sent, ...sent]) {
    const payload = JSON.stringify(one);
    const headers = { 'stripe-signature': signed(payload, 'whsec_new') };
    expect((await post(house, '/api/webhooks/stripe', payload, { headers })).status).toBe(200);
  }
  await send(house, 'nonsense');

  const text = await house.metrics.registry.metrics();
  const counted = Object.fromEntries(
    [...text.matchAll(/^guichet_webhooks_total\{outcome="(\w+)".* (\d+)$/gm)].map(
      ([, outcome, count]) => [outcome, Number(count)],
    ),
  );
  expect(counted).toEqual({ taken: 1, repeated: 2 * sent.length - 1, refused: 1 });
  expect(text).toMatch(/^guichet_security_events_total\{event="signature_refused".* 1$/m);
  expect(warn).toHaveBeenCalledWith(
    { securityEvent: 'signature_refused', unsaid: 0 },
    'a signature was refused',
  );
});

test('how late an event is taken is measured by the provider’s own time', async ({ house }) => {
  await send(house, signed(event, 'whsec_new'));

  const taken = await house.metrics.registry.getSingleMetric('guichet_webhook_lag_seconds')?.get();
  const of = (le: number | string) => taken?.values.find(({ labels }) => labels.le === le)?.value;
  expect([of(30), of('+Inf')]).toEqual([0, 1]);
});

test('webhooks doubled, late and out of order end as they should', async ({ house }) => {
  house.fake.faults.add({ fault: 'webhook_duplicate', copies: 3 });
  house.fake.faults.add({ fault: 'webhook_reorder', ms: 100 });
  const bookingId = randomUUID();
  const { clientSecret } = (await begin(house, bookingId)).body;
  await payByCard(house, clientSecret, 'pm_card_visa_chargeDeclined');
  await payByCard(house, clientSecret);

  await vi.waitFor(
    async () => expect((await house.store.find(bookingId))?.status).toBe('succeeded'),
    patience,
  );
  await vi.waitFor(
    () => expect(house.told.filter(({ type }) => type === 'payment.succeeded')).toHaveLength(1),
    patience,
  );
  expect(await house.books.list(bookingId)).toHaveLength(1);
});

test('any order and any repetition of the events ends the same', async ({ house }) => {
  house.fake.faults.add({ fault: 'webhook_drop' });
  const bookingId = await paid(house);
  await house.reconciliation.reconcile();
  await house.refunds.refund(bookingId, { id: randomUUID(), amountCents: 1_000, reason: 'test' });
  const events = [...house.fake.account.events.values()].map(({ event: kept }) => kept);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...events), { maxLength: 12 }), async (shuffled) => {
      for (const one of shuffled) await house.takeEvent(one);
      expect(await house.store.find(bookingId)).toMatchObject({
        status: 'partially_refunded',
        refundedCents: 1_000,
      });
    }),
    { numRuns: 25 },
  );
  await vi.waitFor(
    () =>
      expect(house.told.map(({ type }) => type)).toEqual(['payment.succeeded', 'payment.refunded']),
    patience,
  );
});

test('when every webhook is lost, reading the provider’s events is enough', async ({ house }) => {
  house.fake.faults.add({ fault: 'webhook_drop' });
  const bookingId = await paid(house);
  expect((await house.store.find(bookingId))?.status).toBe('pending');

  await house.reconciliation.reconcile();

  await vi.waitFor(
    () => expect(house.told.map(({ type }) => type)).toEqual(['payment.succeeded']),
    patience,
  );
});

test('a refund made in the provider’s own pages is taken over', async ({ house }) => {
  const bookingId = await paid(house);
  await vi.waitFor(() => expect(house.told).toHaveLength(1), patience);
  const payment = await house.store.find(bookingId);
  await house.fake
    .sdk()
    .refunds.create({ payment_intent: payment?.attempts[0]?.intentId ?? '', amount: 700 });

  await vi.waitFor(
    () =>
      expect(house.told[1]).toMatchObject({
        type: 'payment.refunded',
        data: { refundCents: 700, refundedCents: 700 },
      }),
    patience,
  );
  expect((await house.books.list(bookingId)).map(({ amountCents }) => amountCents)).toEqual([
    4_200, -700,
  ]);
});
