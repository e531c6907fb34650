import { expect } from 'vitest';
import { test } from './checkout-browser-test.ts';

const refusedBy402 = /^console: Failed to load resource: .* 402 /;

test('takes a card, and says whose it is', async ({ fake, checkout }) => {
  const { intent, pay, says } = await checkout();

  await pay('4242424242424242');

  await says('succeeded');
  const paid = await fake.sdk().paymentIntents.retrieve(intent.id, { expand: ['payment_method'] });
  expect(paid).toMatchObject({
    status: 'succeeded',
    payment_method: { card: { last4: '4242' }, billing_details: { name: 'Ada Byron' } },
  });
});

test.for([
  ['4000000000000002', 'card_error card_declined generic_decline Your card was declined.'],
  ['4000000000009995', 'card_error card_declined insufficient_funds Your card has insufficient'],
  ['4000000000000069', 'card_error expired_card  Your card has expired.'],
  ['4111111111111111', 'card_error card_declined test_mode_live_card Your card was declined.'],
])(
  '%s is refused as %s, and another card pays',
  async ([number = '', error = ''], { checkout, expectComplaint }) => {
    const { pay, says } = await checkout();
    expectComplaint(refusedBy402);

    await pay(number);
    await says(error);

    await pay('5555555555554444');
    await says('succeeded');
  },
);

test('asks the bank over the page, and goes on when it is satisfied', async ({
  fake,
  checkout,
}) => {
  const { page, intent, pay, bank, says } = await checkout();

  await pay('4000002760003184');
  const asked = await bank();
  expect(await asked.getByText('€42.00').count()).toBe(1);
  await asked.getByRole('button', { name: 'Complete' }).click();

  await says('succeeded');
  expect(await page.locator('dialog').count()).toBe(0);
  expect(await fake.sdk().paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'succeeded',
  });
});

test('takes nothing where the bank is not satisfied, and another card pays', async ({
  checkout,
}) => {
  const { pay, bank, says } = await checkout();

  await pay('4000002500003155');
  await (await bank()).getByRole('button', { name: 'Fail' }).click();
  await says(
    'invalid_request_error payment_intent_authentication_failure  We are unable to authenticate',
  );

  await pay('4242424242424242');
  await says('succeeded');
});

test('says what the bank said after it was satisfied', async ({ checkout }) => {
  const { pay, bank, says } = await checkout();

  await pay('4000008260003178');
  await (await bank()).getByRole('button', { name: 'Complete' }).click();

  await says('card_error card_declined insufficient_funds');
});

test.for([
  ['Complete', 'succeeded'],
  ['Fail', 'failed'],
])(
  'goes to the bank and comes back, when the page wants it so: %s',
  async ([button, status], { checkout }) => {
    const { page, intent, pay, says } = await checkout({ redirect: 'always' });

    await pay('4000002760003184');
    await page.waitForURL(/\/three-d-secure\//);
    await page.getByRole('button', { name: button ?? '' }).click();

    await says('back');
    const { searchParams, pathname } = new URL(page.url());
    expect(pathname).toBe('/return');
    expect(Object.fromEntries(searchParams)).toEqual({
      booking: 'b1',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: status,
    });
  },
);

test('comes back at once where the bank asks nothing', async ({ checkout }) => {
  const { page, intent, pay, says } = await checkout({ redirect: 'always' });

  await pay('4242424242424242');

  await says('back');
  const back = new URL(page.url()).searchParams;
  expect(back.get('payment_intent')).toBe(intent.id);
  expect(back.get('redirect_status')).toBe('succeeded');
});

test('says that it is still going on, where it is', async ({ fake, checkout }) => {
  const { pay, says } = await checkout();
  fake.faults.add({ fault: 'settle_later', ms: 60_000 });

  await pay('4242424242424242');

  await says('processing');
});

test('says that there was no connection, where the answer is lost', async ({
  fake,
  checkout,
  expectComplaint,
}) => {
  const { intent, pay, says } = await checkout();
  fake.faults.add({ fault: 'execute_then_drop', operation: 'payment_intents.confirm' });
  expectComplaint(/^failed: POST .*\/confirm/);
  expectComplaint(/^console: .*net::ERR_/);

  await pay('4242424242424242');

  await says('api_connection_error   We are experiencing issues connecting');
  expect(await fake.sdk().paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'succeeded',
  });
});
