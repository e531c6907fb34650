import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { expect } from 'vitest';
import { createIntent, eventually, test } from '../fake-test.ts';
import { signPayload } from './webhook-sender.ts';

const paid = { payment_method: 'pm_card_visa', confirm: true };
const typesOf = (events: Stripe.Event[]) => events.map(({ type }) => type);

test('signs as Stripe does, once per secret while they rotate', () => {
  const payload = '{"id":"evt_1","object":"event"}';
  const now = new Date();
  const header = signPayload(payload, ['whsec_old', 'whsec_new'], now);

  const read = (secret: string, at = now) =>
    Stripe.webhooks.constructEvent(payload, header, secret, 300, undefined, at.getTime());
  expect(read('whsec_old').id).toBe('evt_1');
  expect(read('whsec_new').id).toBe('evt_1');
  expect(() => read('whsec_other')).toThrow('No signatures found');
  expect(() => read('whsec_old', new Date(now.getTime() + 302_000))).toThrow('tolerance');
  expect(header.split(',')).toHaveLength(3);
  expect(signPayload(payload, ['whsec_old'], now)).toBe(
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: 'whsec_old',
      timestamp: Math.floor(now.getTime() / 1_000),
    }),
  );
});

test('tries again until the webhook takes the event', async ({ fake, hook }) => {
  hook.answers.push(500, 503, 302);

  await createIntent(fake);

  await eventually(() => expect(typesOf(hook.events)).toEqual(['payment_intent.created']));
  await eventually(() =>
    expect([...fake.account.events.values()]).toMatchObject([{ delivered: true, attempts: 4 }]),
  );
});

test('lists what it gave up on, and sends it again when asked', async ({ start, hook }) => {
  const fake = await start({ webhookUrl: hook.url, retryDelaysMs: [] });
  hook.answers.push(500);
  await createIntent(fake);
  await eventually(() =>
    expect([...fake.account.events.values()]).toMatchObject([{ givenUp: true }]),
  );
  const undelivered = () => fake.sdk().events.list({ delivery_success: false });
  expect(typesOf((await undelivered()).data)).toEqual(['payment_intent.created']);

  const answer = await fetch(`${fake.url}/_admin/webhooks/resend`, { method: 'POST' });

  expect(await answer.json()).toEqual({ sent: 1 });
  expect(typesOf(hook.events)).toEqual(['payment_intent.created']);
  expect((await undelivered()).data).toEqual([]);
});

test('loses, doubles, delays and reorders on demand', async ({ fake, hook }) => {
  fake.faults.add({ fault: 'webhook_drop', types: ['charge.succeeded'] });
  fake.faults.add({ fault: 'webhook_duplicate', copies: 3, types: ['payment_intent.canceled'] });
  fake.faults.add({
    fault: 'webhook_reorder',
    ms: 200,
    types: ['payment_intent.created', 'payment_intent.succeeded'],
  });

  const intent = await createIntent(fake, paid);

  await eventually(() =>
    expect(typesOf(hook.events)).toEqual(['payment_intent.succeeded', 'payment_intent.created']),
  );
  fake.faults.clear();
  fake.faults.add({ fault: 'webhook_duplicate', copies: 3, types: ['payment_intent.canceled'] });
  const { id } = await createIntent(fake);
  await fake.sdk().paymentIntents.cancel(id);
  await eventually(() => {
    const canceled = hook.events.filter(({ type }) => type === 'payment_intent.canceled');
    expect(canceled).toHaveLength(3);
    expect(new Set(canceled.map((event) => event.id)).size).toBe(1);
  });
  expect(typesOf(hook.events)).not.toContain('charge.succeeded');
  expect(intent.status).toBe('succeeded');
});

test('lists events by type and page, as they were when they happened', async ({ fake, hook }) => {
  const stripe = fake.sdk();
  const intent = await createIntent(fake);
  await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });

  await eventually(() => expect(hook.events).toHaveLength(3));
  const all: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 1 })) all.push(event);
  const { data } = await stripe.events.list({ types: ['payment_intent.created'] });

  expect(typesOf(all)).toEqual([
    'payment_intent.succeeded',
    'charge.succeeded',
    'payment_intent.created',
  ]);
  expect(data).toMatchObject([
    { data: { object: { id: intent.id, status: 'requires_payment_method' } } },
  ]);
  expect(await stripe.events.retrieve(all[0]?.id ?? '')).toEqual(all[0]);
  const newer = await stripe.events.list({ ending_before: all[2]?.id ?? '', limit: 10 });
  expect(typesOf(newer.data)).toEqual(['payment_intent.succeeded', 'charge.succeeded']);
});

test('keeps everything over a restart, and then sends what was not yet delivered', async ({
  start,
  hook,
}) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stripe-fake-'));
  const stateFile = path.join(folder, 'stripe.json');
  const first = await start({ stateFile, webhookUrl: hook.url, retryDelaysMs: [60_000] });
  hook.answers.push(500, 500, 500);
  const intent = await createIntent(first, paid, { idempotencyKey: 'k' });
  await eventually(() => expect(hook.answers).toEqual([]));
  await first.close();

  const second = await start({ stateFile, webhookUrl: hook.url });

  expect(await second.sdk().paymentIntents.retrieve(intent.id)).toEqual(intent);
  expect((await createIntent(second, paid, { idempotencyKey: 'k' })).id).toBe(intent.id);
  await eventually(() => expect(hook.events).toHaveLength(3));
  await rm(folder, { recursive: true });
});
