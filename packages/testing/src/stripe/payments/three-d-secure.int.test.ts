import { expect } from 'vitest';
import { confirmByPage, createIntent, eventually, test } from '../fake-test.ts';

const answerBank = (url: string, answer: 'authenticate' | 'fail', returnUrl = '') => {
  const page = new URL(url);
  return fetch(`${page.origin}${page.pathname}/${answer}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      client_secret: page.searchParams.get('client_secret') ?? '',
      return_url: returnUrl,
    }),
  });
};

const bankPage = (intent: { next_action: unknown }): string => {
  const action = intent.next_action as {
    use_stripe_sdk?: { stripe_js: string };
    redirect_to_url?: { url: string };
  };
  return action.use_stripe_sdk?.stripe_js ?? action.redirect_to_url?.url ?? '';
};

test('sends the customer to the bank’s page, and takes the card when they say yes', async ({
  fake,
}) => {
  const returnUrl = 'https://guichet.example/return?booking=b1';
  const intent = await createIntent(fake);

  const asked = await confirmByPage(fake, intent, '4000002500003155', { return_url: returnUrl });

  expect(asked).toMatchObject({
    status: 'requires_action',
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl } },
  });
  const page = await fetch(bankPage(asked));
  expect(await page.text()).toContain('€42.00');
  const back = await answerBank(bankPage(asked), 'authenticate', returnUrl);
  expect(back.status).toBe(303);
  const location = new URL(back.headers.get('location') ?? '');
  expect(Object.fromEntries(location.searchParams)).toMatchObject({
    booking: 'b1',
    payment_intent: intent.id,
    redirect_status: 'succeeded',
  });
  expect(await fake.sdk().paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'succeeded',
    next_action: null,
  });
});

test('takes nothing when the customer says no, and lets them try again', async ({ fake, hook }) => {
  const intent = await createIntent(fake);
  const asked = await confirmByPage(fake, intent, '4000002500003155');

  const answer = await answerBank(bankPage(asked), 'fail');

  expect(await answer.json()).toEqual({ id: intent.id, status: 'requires_payment_method' });
  const failed = await fake.sdk().paymentIntents.retrieve(intent.id);
  expect(failed.last_payment_error?.code).toBe('payment_intent_authentication_failure');
  await eventually(() =>
    expect(hook.events.map(({ type }) => type)).toContain('payment_intent.payment_failed'),
  );
  expect((await confirmByPage(fake, intent, '4242424242424242')).status).toBe('succeeded');
});

test('declines after the bank’s page where the card has no money', async ({ fake }) => {
  const intent = await createIntent(fake);
  const asked = await confirmByPage(fake, intent, '4000008260003178');

  await answerBank(bankPage(asked), 'authenticate');

  expect(await fake.sdk().paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'insufficient_funds' },
  });
});

test('shows the bank’s page to nobody without the client secret', async ({ fake }) => {
  const intent = await createIntent(fake);
  const asked = await confirmByPage(fake, intent, '4000002500003155');
  const page = new URL(bankPage(asked));
  page.searchParams.set('client_secret', 'pi_x_secret_y');

  expect((await fetch(page)).status).toBe(404);
  expect((await answerBank(page.href, 'authenticate')).status).toBe(404);
  const { status } = await fake.sdk().paymentIntents.retrieve(intent.id);
  expect(status).toBe('requires_action');
});

test('a stand-in that browsers find elsewhere sends them there', async ({ start }) => {
  const fake = await start({ publicUrl: 'https://stripe.guichet.example/' });
  const intent = await createIntent(fake);

  const asked = await confirmByPage(fake, intent, '4000002500003155');

  expect(bankPage(asked)).toMatch('https://stripe.guichet.example/three-d-secure/');
});

test('listens on this machine’s own address alone, unless it is told where', async ({ start }) => {
  const reaches = ({ port }: { port: number }) =>
    fetch(`http://127.0.0.2:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );

  expect(await reaches(await start())).toBe(false);
  expect(await reaches(await start({ host: '0.0.0.0' }))).toBe(true);
});

test('asks over the page where Stripe.js confirms, and tells that page that it was answered', async ({
  fake,
}) => {
  const intent = await createIntent(fake);
  const asked = await confirmByPage(fake, intent, '4000002760003184', {
    return_url: 'https://guichet.example/return',
    use_stripe_sdk: true,
  });
  expect(asked).toMatchObject({
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk' },
  });

  const url = new URL(bankPage(asked));
  url.searchParams.set('locale', 'fr');
  url.searchParams.set('origin', 'https://guichet.example');
  const page = await (await fetch(url)).text();
  expect(page).toMatch(/Voulez-vous payer <strong>42,00\s€<\/strong>\s\?/);

  const answer = await fetch(`${url.origin}${url.pathname}/authenticate`, {
    method: 'POST',
    body: new URLSearchParams({
      client_secret: intent.client_secret ?? '',
      origin: 'https://guichet.example',
    }),
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('data-origin="https://guichet.example"');
});
