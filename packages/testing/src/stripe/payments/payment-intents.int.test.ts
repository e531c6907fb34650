import { expect } from 'vitest';
import { confirmByPage, createIntent, eventually, sdkWith, test } from '../fake-test.ts';

test('takes a card that a page confirms, and tells the webhook', async ({ fake, hook }) => {
  const intent = await createIntent(fake);

  const confirmed = await confirmByPage(fake, intent, '4242 4242 4242 4242');

  expect(confirmed.status).toBe('succeeded');
  expect(confirmed).not.toHaveProperty('metadata');
  const { latest_charge, amount_received } = await fake
    .sdk()
    .paymentIntents.retrieve(intent.id, { expand: ['latest_charge.payment_method'] });
  expect(amount_received).toBe(4_200);
  expect(latest_charge).toMatchObject({
    object: 'charge',
    amount: 4_200,
    captured: true,
    payment_method: { card: { last4: '4242' } },
  });
  await eventually(() =>
    expect(hook.events.map(({ type }) => type).sort()).toEqual([
      'charge.succeeded',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]),
  );
});

test('refuses a page that has another secret, or asks for more than a page may', async ({
  fake,
}) => {
  const intent = await createIntent(fake);
  const page = sdkWith(fake, fake.publishableKey);

  await expect(
    confirmByPage(fake, intent, '4242424242424242', { client_secret: 'pi_x_secret_y' }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'client_secret' });
  await expect(page.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    code: 'secret_key_required',
  });
  await expect(sdkWith(fake, 'sk_test_other').paymentIntents.list()).rejects.toMatchObject({
    statusCode: 401,
    type: 'StripeAuthenticationError',
  });
});

test('holds the money of a manual capture until it is captured', async ({ fake }) => {
  const stripe = fake.sdk();
  const held = await createIntent(fake, {
    payment_method: 'pm_card_visa',
    confirm: true,
    capture_method: 'manual',
  });
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 4_200 });

  const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 4_000 });

  expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4_000 });
});

test('cancels what is not yet paid, and refuses to cancel what is', async ({ fake }) => {
  const stripe = fake.sdk();
  const open = await createIntent(fake);
  const paid = await createIntent(fake, { payment_method: 'pm_card_visa', confirm: true });

  const canceled = await stripe.paymentIntents.cancel(open.id);

  expect(canceled).toMatchObject({ status: 'canceled', canceled_at: expect.any(Number) });
  await expect(confirmByPage(fake, open, '4242424242424242')).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  for (const id of [open.id, paid.id]) {
    await expect(stripe.paymentIntents.cancel(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id },
    });
  }
});

test.for([
  [{ amount: 49 }, 'amount_too_small', 'amount'],
  [{ amount: undefined }, 'parameter_missing', 'amount'],
  [{ amount: 4_200.5 }, 'parameter_invalid', 'amount'],
  [{ ammount: 4_200 }, 'parameter_unknown', 'ammount'],
] as const)('refuses an intent with %o as %s', async ([changes, code, param], { fake }) => {
  await expect(createIntent(fake, changes as object)).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    statusCode: 400,
    code,
    param,
  });
});

test('says in the currency how little is too little', async ({ fake }) => {
  await expect(createIntent(fake, { amount: 49 })).rejects.toThrow(
    'Amount must be at least €0.50 eur',
  );
  await expect(createIntent(fake, { amount: 29, currency: 'gbp' })).rejects.toThrow('£0.30 gbp');
  expect(await createIntent(fake, { amount: 50 })).toMatchObject({ amount: 50 });
});

test('pages through intents, newest first', async ({ fake }) => {
  const created: string[] = [];
  for (let count = 0; count < 5; count += 1) created.push((await createIntent(fake)).id);

  const listed: string[] = [];
  for await (const { id } of fake.sdk().paymentIntents.list({ limit: 2 })) listed.push(id);

  expect(listed).toEqual(created.reverse());
  expect(await fake.sdk().paymentIntents.list({ created: { gt: 4_000_000_000 } })).toMatchObject({
    data: [],
    has_more: false,
  });
});

test('answers what does not exist as Stripe does', async ({ fake }) => {
  await expect(fake.sdk().paymentIntents.retrieve('pi_nobody')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    requestId: expect.stringMatching(/^req_/),
  });
  await expect(fake.sdk().rawRequest('GET', '/v1/unicorns')).rejects.toMatchObject({
    statusCode: 404,
  });
});

test('leaves a payment processing for as long as a fault says', async ({ fake }) => {
  const intent = await createIntent(fake);
  fake.faults.add({ fault: 'settle_later', ms: 100 });

  const confirmed = await confirmByPage(fake, intent, '4242424242424242');

  expect(confirmed.status).toBe('processing');
  await expect(fake.sdk().paymentIntents.cancel(intent.id)).rejects.toThrow('processing');
  await eventually(async () =>
    expect((await fake.sdk().paymentIntents.retrieve(intent.id)).status).toBe('succeeded'),
  );
});

test('shows its payments and the test cards to a browser', async ({ fake }) => {
  const intent = await createIntent(fake, { payment_method: 'pm_card_visa', confirm: true });

  const page = await (await fetch(fake.url)).text();

  expect(page).toContain(intent.id);
  expect(page).toContain('€42.00');
  expect(page).toContain('4000002500003155');
});

test('takes late money for an intent that was cancelled, when told to', async ({ fake, hook }) => {
  const { id } = await createIntent(fake);
  await fake.sdk().paymentIntents.cancel(id);

  const url = `${fake.url}/_admin/payment_intents/${id}/pay_anyway`;
  expect(await (await fetch(url, { method: 'POST' })).json()).toMatchObject({ id });

  expect(await fake.sdk().paymentIntents.retrieve(id)).toMatchObject({
    status: 'succeeded',
    amount_received: 4_200,
  });
  await eventually(() =>
    expect(hook.events.map(({ type }) => type)).toContain('payment_intent.succeeded'),
  );
});
