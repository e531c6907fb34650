import { expect } from 'vitest';
import { confirmByPage, createIntent, eventually, sdkWith, test } from '../fake-test.ts';

test.for([
  ['4000000000000002', 'card_declined', 'generic_decline'],
  ['4000000000009995', 'card_declined', 'insufficient_funds'],
  ['4000000000009987', 'card_declined', 'lost_card'],
  ['4000000000000069', 'expired_card', ''],
  ['4000000000000127', 'incorrect_cvc', ''],
  ['4000000000000119', 'processing_error', ''],
])(
  'declines %s with %s, and lets another card pay',
  async ([number = '', code, decline], { fake, hook }) => {
    const intent = await createIntent(fake);

    await expect(confirmByPage(fake, intent, number)).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code,
      decline_code: decline,
      payment_intent: { id: intent.id, status: 'requires_payment_method' },
    });

    const declined = await fake.sdk().paymentIntents.retrieve(intent.id);
    expect(declined).toMatchObject({ amount_received: 0, last_payment_error: { code } });
    await eventually(() =>
      expect(hook.events.map(({ type }) => type)).toContain('payment_intent.payment_failed'),
    );
    const paid = await confirmByPage(fake, intent, '5555555555554444');
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
  },
);

test.for([
  ['4242424242424241', {}, 'incorrect_number'],
  ['4242424242424242', { exp_month: 13, exp_year: 2034 }, 'invalid_expiry_month'],
  ['4242424242424242', { exp_month: 12, exp_year: 2020 }, 'invalid_expiry_year'],
  ['4242424242424242', { exp_month: 12, exp_year: 2034, cvc: '1' }, 'invalid_cvc'],
] as const)('refuses the details of %s %o as %s', async ([number, changes, code], { fake }) => {
  const page = sdkWith(fake, fake.publishableKey);
  const card = { number, exp_month: 12, exp_year: 2034, ...changes };

  await expect(page.paymentMethods.create({ type: 'card', card })).rejects.toMatchObject({
    type: 'StripeCardError',
    code,
  });
});

test('takes pm_card_visa and declines its siblings in one call', async ({ fake }) => {
  const paid = await createIntent(fake, { payment_method: 'pm_card_visa', confirm: true });
  expect(paid.status).toBe('succeeded');

  await expect(
    createIntent(fake, { payment_method: 'pm_card_visa_chargeDeclined', confirm: true }),
  ).rejects.toMatchObject({ code: 'card_declined' });
  await expect(createIntent(fake, { payment_method: 'pm_card_nobody' })).rejects.toMatchObject({
    code: 'resource_missing',
  });
});

test('tells a card that is no test card from a number that was mistyped', async ({ fake }) => {
  const page = sdkWith(fake, fake.publishableKey);
  const create = (number: string) =>
    page.paymentMethods.create({
      type: 'card',
      card: { number, exp_month: 12, exp_year: 2034, cvc: '123' },
    });

  await expect(create('4111111111111111')).rejects.toMatchObject({
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
  });
  await expect(create('4111111111111112')).rejects.toMatchObject({ code: 'incorrect_number' });
});

test('keeps whose card it is, and shows a page no more of a declined intent than of another', async ({
  fake,
}) => {
  const intent = await createIntent(fake);
  const billing = { name: 'Ada Byron', email: 'ada@example.org', address: { country: 'FR' } };
  const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };

  await expect(confirmByPage(fake, intent, '4000000000000002')).rejects.toSatisfy(
    ({ payment_intent: shown }) => shown.id === intent.id && !('metadata' in shown),
  );
  const paid = await confirmByPage(fake, intent, '', {
    payment_method_data: { type: 'card', card, billing_details: billing },
  });

  const method = await fake.sdk().paymentMethods.retrieve(String(paid.payment_method));
  expect(method.billing_details).toMatchObject({
    name: 'Ada Byron',
    phone: null,
    address: { country: 'FR', city: null },
  });
});
