import { createServer } from 'node:http';
import Stripe from 'stripe';
import { test as base, vi } from 'vitest';
import { listening } from '../listening.ts';
import { type StripeFake, type StripeFakeOptions, startStripeFake } from './stripe-fake.ts';

export type Hook = {
  url: string;
  events: Stripe.Event[];
  /** What the next deliveries are answered; 200 when used up. */
  answers: number[];
};

const startHook = async (): Promise<Hook & { close(): Promise<void> }> => {
  const events: Stripe.Event[] = [];
  const answers: number[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const status = answers.shift() ?? 200;
    if (status === 200) {
      const signature = String(req.headers['stripe-signature']);
      events.push(
        Stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, 'whsec_guichet'),
      );
    }
    res.writeHead(status).end();
  });
  const { url, close } = await listening(server);
  return { url: `${url}/hook`, events, answers, close };
};

type Fixtures = {
  hook: Hook;
  start(options?: StripeFakeOptions): Promise<StripeFake>;
  fake: StripeFake;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
  hook: async ({}, use) => {
    const hook = await startHook();
    await use(hook);
    await hook.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
  start: async ({}, use) => {
    const started: StripeFake[] = [];
    await use(async (options = {}) => {
      const fake = await startStripeFake({ retryDelaysMs: [20, 40, 80], ...options });
      started.push(fake);
      return fake;
    });
    await Promise.all(started.map((fake) => fake.close()));
  },
  fake: async ({ start, hook }, use) => {
    await use(await start({ webhookUrl: hook.url }));
  },
});

const connection = (fake: StripeFake) =>
  ({ host: '127.0.0.1', port: fake.port, protocol: 'http', maxNetworkRetries: 0 }) as const;

/** The SDK with another key: a page's, or a wrong one. */
export const sdkWith = (fake: StripeFake, key: string): Stripe => new Stripe(key, connection(fake));

export const createIntent = (
  fake: StripeFake,
  changes: Partial<Stripe.PaymentIntentCreateParams> = {},
  options: Stripe.RequestOptions = {},
): Promise<Stripe.PaymentIntent> =>
  fake.sdk({ maxNetworkRetries: 0 }).paymentIntents.create(
    {
      amount: 4_200,
      currency: 'eur',
      metadata: { bookingId: 'b1' },
      automatic_payment_methods: { enabled: true },
      ...changes,
    },
    options,
  );

/** Confirms as Stripe.js does: publishable key, client secret, and the card itself. */
export const confirmByPage = (
  fake: StripeFake,
  intent: Stripe.PaymentIntent,
  number: string,
  changes: object = {},
): Promise<Stripe.PaymentIntent> =>
  sdkWith(fake, fake.publishableKey).paymentIntents.confirm(intent.id, {
    client_secret: intent.client_secret,
    payment_method_data: {
      type: 'card',
      card: { number, exp_month: 12, exp_year: 2034, cvc: '123' },
    },
    ...changes,
  } as object);

/** Waits for what happens by itself; the deadline is for machines that are busy. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000, interval: 25 });
