import { startStripeFake } from '@guichet/testing/stripe/stripe-fake';
import { afterEach, expect, test } from 'vitest';
import type { Stack } from './read-stack.ts';
import { authenticate, confirmCard } from './stripe-card.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const start = async () => {
  const fake = await startStripeFake();
  ends.push(fake.close);
  const { client_secret } = await fake
    .sdk()
    .paymentIntents.create({ amount: 4_200, currency: 'eur' });
  const stack: Stack = {
    gateway: 'http://127.0.0.1:1',
    stripe: { api: fake.url, publishableKey: fake.publishableKey },
    inbox: 'http://127.0.0.1:1',
  };
  const confirm = (card: string) =>
    confirmCard(stack, fetch, { clientSecret: client_secret ?? '', card });
  return { confirm };
};

test.each(['4242424242424242', 'pm_card_visa'])('pays with %s', async (card) => {
  const { confirm } = await start();

  expect(await confirm(card)).toEqual({ outcome: 'succeeded' });
});

test('says why a card was declined', async () => {
  const { confirm } = await start();

  expect(await confirm('4000000000009995')).toEqual({
    outcome: 'declined',
    code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  });
});

test('answers the bank where it asks', async () => {
  const { confirm } = await start();

  const answer = await confirm('4000002500003155');

  expect(answer).toMatchObject({ outcome: 'authentication' });
  expect(await authenticate(fetch, 'url' in answer ? answer.url : '')).toBe('succeeded');
});

test('says what Stripe refused', async () => {
  const { confirm } = await start();

  await expect(confirm('pm_card_nobody')).rejects.toThrow('No such PaymentMethod');
});
