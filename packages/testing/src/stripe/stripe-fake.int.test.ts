import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterEach, expect, test, vi } from 'vitest';
import { type StripeFake, startStripeFake } from './stripe-fake.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const start = async (options: Parameters<typeof startStripeFake>[0] = {}): Promise<StripeFake> => {
  const fake = await startStripeFake({ retryDelaysMs: [20, 40, 80], ...options });
  ends.push(fake.close);
  return fake;
};

/** A page: the publishable key and what the server handed it. */
const page = (fake: StripeFake) => new Stripe(fake.publishableKey, connection(fake));
const connection = (fake: StripeFake) =>
  ({ host: '127.0.0.1', port: fake.port, protocol: 'http', maxNetworkRetries: 0 }) as const;

const createIntent = (fake: StripeFake, amount = 4_200) =>
  fake.sdk().paymentIntents.create({
    amount,
    currency: 'eur',
    metadata: { bookingId: 'b1' },
    automatic_payment_methods: { enabled: true },
  });

const receiveWebhooks = async (answer: (event: Stripe.Event) => number = () => 200) => {
  const events: Stripe.Event[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const event = Stripe.webhooks.constructEvent(
      Buffer.concat(chunks),
      String(req.headers['stripe-signature']),
      'whsec_guichet',
    );
    events.push(event);
    res.writeHead(answer(event)).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, events };
};

test('takes a card that a page confirms with the client secret, and tells the webhook', async () => {
  const hook = await receiveWebhooks();
  const fake = await start({ webhookUrl: hook.url });
  const intent = await createIntent(fake);

  const confirmed = await page(fake).paymentIntents.confirm(intent.id, {
    client_secret: intent.client_secret,
    payment_method_data: {
      type: 'card',
      card: { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' },
    },
  } as object);

  expect(confirmed.status).toBe('succeeded');
  expect(confirmed).not.toHaveProperty('metadata');
  const { latest_charge } = await fake
    .sdk()
    .paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
  expect(latest_charge).toMatchObject({ object: 'charge', amount: 4_200, captured: true });
  await vi.waitFor(() =>
    expect(hook.events.map(({ type }) => type).sort()).toEqual([
      'charge.succeeded',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]),
  );
});

test('refuses a page that has another secret, or asks for more than a page may', async () => {
  const fake = await start();
  const intent = await createIntent(fake);

  await expect(
    page(fake).paymentIntents.confirm(intent.id, {
      client_secret: `${intent.client_secret}x`,
      payment_method: 'pm_card_visa',
    } as object),
  ).rejects.toMatchObject({ statusCode: 400, param: 'client_secret' });
  await expect(page(fake).refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    code: 'secret_key_required',
  });
  await expect(
    new Stripe('sk_test_other', connection(fake)).paymentIntents.list(),
  ).rejects.toMatchObject({ statusCode: 401 });
});
