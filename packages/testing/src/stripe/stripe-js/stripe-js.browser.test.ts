import type { Page } from '@guichet/browser/browser-test';
import type {
  Stripe,
  StripeConstructor,
  StripeElements,
  StripePaymentElement,
} from '@stripe/stripe-js';
import { expect } from 'vitest';
import { test } from './checkout-browser-test.ts';

/** The page's own, by the types of the real Stripe.js. */
declare const window: Window & {
  Stripe: StripeConstructor;
  stripe: Stripe;
  elements: StripeElements;
  element: StripePaymentElement;
};

const messageOf = (page: Page, act: () => unknown): Promise<string> =>
  page.evaluate(act).then(
    () => 'nothing was thrown',
    (error: Error) => error.message,
  );

test('tells the page what happens in its element', async ({ checkout }) => {
  const { page, card, events } = await checkout();
  const frame = await card();

  await frame.fill('#number', '4242424242424242');
  await frame.fill('#expiry', '1234');
  await frame.fill('#cvc', '123');
  await page.keyboard.press('Escape');
  await page.getByRole('button').focus();
  await expect.poll(() => events('blur')).toHaveLength(1);
  await expect.poll(() => events('escape')).toHaveLength(1);

  expect(await events('ready')).toEqual([{ type: 'ready', elementType: 'payment' }]);
  expect(await events('focus')).toHaveLength(1);
  const changes = await events('change');
  const change = { elementType: 'payment', collapsed: false, value: { type: 'card' } };
  expect(changes[0]).toMatchObject({ ...change, empty: false, complete: false });
  expect(changes.at(-1)).toMatchObject({ ...change, empty: false, complete: true });
});

test('changes while it is mounted: language, colours, and whether it may be filled in', async ({
  checkout,
}) => {
  const { page, card } = await checkout();
  const frame = await card();

  await page.evaluate(() =>
    window.elements.update({
      locale: 'de',
      appearance: { variables: { colorText: 'rgb(1, 2, 3)' } },
    }),
  );
  await expect.poll(() => frame.textContent('label[for=number]')).toBe('Kartennummer');
  const colour = () => frame.evaluate(() => getComputedStyle(document.body).color);
  await expect.poll(colour).toBe('rgb(1, 2, 3)');

  await page.evaluate(() => void window.element.update({ readOnly: true }));
  await frame.waitForSelector('#number[readonly]');
});

test('goes, comes back empty, and goes for good', async ({ checkout }) => {
  const { page, card, events } = await checkout();
  await (await card()).fill('#number', '4242');

  await page.evaluate(() => window.element.unmount());
  expect(await page.locator('iframe').count()).toBe(0);
  await page.evaluate(() => window.element.mount('#payment'));
  expect(await (await card()).inputValue('#number')).toBe('');
  await expect.poll(() => events('ready')).toHaveLength(2);

  expect(await page.evaluate(() => window.elements.getElement('payment') === window.element)).toBe(
    true,
  );
  await page.evaluate(() => window.element.destroy());
  expect(await page.evaluate(() => window.elements.getElement('payment'))).toBeNull();
  expect(await messageOf(page, () => window.element.mount('#payment'))).toContain(
    'IntegrationError: This Element has already been destroyed.',
  );
});

test('says why it cannot be shown: a secret of nobody’s, a payment that is over', async ({
  fake,
  checkout,
  expectComplaint,
}) => {
  expectComplaint(/ 404 /);
  const nobody = await checkout({ secret: 'pi_nobody_secret_nothing' });
  await expect
    .poll(() => nobody.events('loaderror'))
    .toMatchObject([
      {
        elementType: 'payment',
        error: { type: 'invalid_request_error', code: 'resource_missing' },
      },
    ]);

  const paid = await checkout();
  await paid.pay('4242424242424242');
  await paid.says('succeeded');
  await paid.page.reload();
  await expect
    .poll(() => paid.events('loaderror'))
    .toMatchObject([
      {
        error: { code: 'payment_intent_unexpected_state', payment_intent: { id: paid.intent.id } },
      },
    ]);
  expect(fake.account.charges.size).toBe(1);
});

test('retrieves a payment by its secret, without what is the merchant’s alone', async ({
  checkout,
}) => {
  const { page, intent, card } = await checkout();
  await card();
  const secret = intent.client_secret ?? '';

  const found = await page.evaluate((s) => window.stripe.retrievePaymentIntent(s), secret);

  expect(found.paymentIntent).toMatchObject({ id: intent.id, status: 'requires_payment_method' });
  expect(found.paymentIntent).not.toHaveProperty('metadata');
});

test('takes up a payment that waits for the bank', async ({ fake, checkout }) => {
  const { page, intent, card, bank } = await checkout();
  await card();
  await fake.sdk().paymentIntents.confirm(intent.id, {
    payment_method: 'pm_card_authenticationRequired',
    use_stripe_sdk: true,
  });

  const done = page.evaluate(
    (clientSecret) => window.stripe.handleNextAction({ clientSecret }),
    intent.client_secret ?? '',
  );
  await (await bank()).getByRole('button', { name: 'Complete' }).click();

  expect((await done).paymentIntent?.status).toBe('succeeded');
});

test('throws for mistakes of the page’s own code', async ({ checkout }) => {
  const { page, card } = await checkout();
  await card();

  expect(await messageOf(page, () => window.Stripe('sk_test_1'))).toContain('publishable key');
  expect(await messageOf(page, () => window.stripe.elements({ clientSecret: 'pi_1' }))).toContain(
    'clientSecret should be a client secret of the form',
  );
  expect(await messageOf(page, () => window.elements.create('payment'))).toContain(
    'Can only create one Element of type payment',
  );
  expect(await messageOf(page, () => window.element.mount('#nowhere'))).toContain(
    'applies to no DOM elements',
  );
  expect(
    await messageOf(page, () => {
      const { elements } = window;
      return window.stripe.confirmPayment({ elements, confirmParams: { return_url: '' } });
    }),
  ).toContain('return_url argument is required');
  expect(
    await messageOf(page, () => {
      window.element.unmount();
      return window.elements.submit();
    }),
  ).toContain('elements should have a mounted Payment Element');
});
