import { createServer } from 'node:http';
import { test as base, type Frame, type Page } from '@guichet/browser/browser-test';
import type Stripe from 'stripe';
import { expect } from 'vitest';
import { listening } from '../../listening.ts';
import { createIntent } from '../fake-test.ts';
import { type StripeFake, startStripeFake } from '../stripe-fake.ts';

/** As a page that sells would say it: what it loads is named, and nothing else is loaded. */
const policy = (stripe: string) =>
  `default-src 'none'; script-src 'self' ${stripe}; connect-src ${stripe}; frame-src ${stripe}; style-src 'unsafe-inline'; img-src data:`;

const checkoutPage = (stripe: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Checkout</title>
<style>
  body { margin: 16px; font: 16px sans-serif }
  button { min-height: 44px }
  #payment { min-height: 202px }
  @media (width < 472px) { #payment { min-height: 216px } }
</style>
</head>
<body>
<main>
<h1>Checkout</h1>
<form><div id="payment"></div><button>Pay</button></form>
<p role="status" id="result"></p>
<p>Terms</p>
</main>
<script src="${stripe}/v3/"></script>
<script src="/checkout.js"></script>
</body>
</html>`;

/** What a page does with Stripe.js: as short as its guide has it, and nothing that only a stand-in has. */
const checkoutScript = `
const asked = new URLSearchParams(location.search);
const say = (text) => { document.getElementById('result').textContent = text; };
window.events = [];
if (asked.has('booking')) say('back');
else {
  const stripe = Stripe(asked.get('key'));
  const elements = stripe.elements({
    clientSecret: asked.get('secret'),
    locale: asked.get('locale'),
    appearance: JSON.parse(asked.get('appearance')),
  });
  const element = elements.create('payment', { layout: 'tabs' });
  Object.assign(window, { stripe, elements, element });
  for (const type of ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror']) {
    element.on(type, (event) => window.events.push({ type, ...event }));
  }
  element.mount('#payment');
  document.querySelector('form').onsubmit = async (event) => {
    event.preventDefault();
    const submitted = await elements.submit();
    if (submitted.error) return say('submit ' + submitted.error.code + ': ' + submitted.error.message);
    const { error, paymentIntent } = await stripe.confirmPayment({
      elements,
      confirmParams: {
        return_url: location.origin + '/return?booking=b1',
        payment_method_data: { billing_details: { name: 'Ada Byron' } },
      },
      redirect: asked.get('redirect'),
    });
    say(error ? [error.type, error.code, error.decline_code, error.message].join(' ') : paymentIntent.status);
  };
}
`;

export type Checkout = {
  page: Page;
  intent: Stripe.PaymentIntent;
  /** The frame with the card's fields, when it is ready. */
  card(): Promise<Frame>;
  /** Fills in the card, and presses Pay. */
  pay(number: string): Promise<void>;
  /** The frame over the page in which the bank asks. */
  bank(): Promise<Frame>;
  /** Waits for what the page says in the end. */
  says(text: string | RegExp): Promise<void>;
  /** The events that the element has told the page, of this type. */
  events(type: string): Promise<Record<string, unknown>[]>;
};

export type CheckoutLook = {
  locale?: string;
  redirect?: 'always' | 'if_required';
  appearance?: object;
  screen?: 'phone' | 'desktop';
  /** In the place of the intent's own. */
  secret?: string;
};

const frameAt = async (page: Page, path: string): Promise<Frame> => {
  const element = await page.waitForSelector(`iframe[src*="${path}"]`);
  const frame = await element.contentFrame();
  if (!frame) throw new Error(`${path} is not in a frame.`);
  return frame;
};

const checkoutOn = (page: Page, intent: Stripe.PaymentIntent): Checkout => {
  const checkout: Checkout = {
    page,
    intent,
    card: async () => {
      const frame = await frameAt(page, 'elements-inner-payment');
      await frame.waitForSelector('#number');
      return frame;
    },
    pay: async (number) => {
      const frame = await checkout.card();
      await frame.fill('#number', number);
      await frame.fill('#expiry', '12 / 34');
      await frame.fill('#cvc', '123');
      await page.getByRole('button', { name: 'Pay' }).click();
    },
    bank: () => frameAt(page, 'three-d-secure'),
    says: (text) =>
      expect
        .poll(() => page.getByRole('status').textContent(), { timeout: 15_000 })
        .toMatch(typeof text === 'string' ? new RegExp(RegExp.escape(text)) : text),
    events: (type) =>
      page.evaluate(
        (wanted) =>
          (window as unknown as { events: { type: string }[] }).events.filter(
            (event) => event.type === wanted,
          ),
        type,
      ),
  };
  return checkout;
};

/** `test` with a page of another origin that pays with the stand-in's Stripe.js. */
export const test = base.extend<{
  fake: StripeFake;
  shop: string;
  checkout(look?: CheckoutLook): Promise<Checkout>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
  fake: async ({}, use) => {
    const fake = await startStripeFake();
    await use(fake);
    await fake.close();
  },
  shop: async ({ fake }, use) => {
    const server = createServer((req, res) => {
      const script = req.url === '/checkout.js';
      res.setHeader('Content-Security-Policy', policy(fake.url));
      res.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
      res.end(script ? checkoutScript : checkoutPage(fake.url));
    });
    const { port, close } = await listening(server);
    // Of another site too, not of another port alone.
    await use(`http://localhost:${port}`);
    await close();
  },
  checkout: async ({ fake, shop, openPage }, use) => {
    await use(async ({ screen = 'desktop', secret, appearance = {}, ...look } = {}) => {
      const intent = await createIntent(fake);
      const page = await openPage({ origins: [shop, fake.url], screen });
      const query = new URLSearchParams({
        key: fake.publishableKey,
        secret: secret ?? intent.client_secret ?? '',
        locale: look.locale ?? 'en',
        redirect: look.redirect ?? 'if_required',
        appearance: JSON.stringify(appearance),
      });
      await page.goto(`${shop}/?${query}`);
      return checkoutOn(page, intent);
    });
  },
});
