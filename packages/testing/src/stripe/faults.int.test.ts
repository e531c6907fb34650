import { expect, vi } from 'vitest';
import { createIntent, eventually, test } from './fake-test.ts';
import type { StripeFake } from './stripe-fake.ts';

const admin = (fake: StripeFake, method: string, path: string, body?: object) =>
  fetch(`${fake.url}/_admin${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

test('drops the connection after the work, so that only the key tells what happened', async ({
  fake,
}) => {
  fake.faults.add({ fault: 'execute_then_drop', operation: 'payment_intents.create', times: 2 });

  const intent = await fake
    .sdk({ maxNetworkRetries: 0 })
    .paymentIntents.create({ amount: 4_200, currency: 'eur' }, { idempotencyKey: 'k' })
    .catch(() => undefined);
  expect(intent?.lastResponse.headers['idempotent-replayed']).toBe('true');

  expect(fake.account.intents.size).toBe(1);
});

test('answers 500 after the work, and replays it for the key', async ({ fake }) => {
  fake.faults.add({ fault: 'execute_then_500', times: 1 });
  const attempt = () => createIntent(fake, {}, { idempotencyKey: 'k' });

  await expect(attempt()).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
  await expect(attempt()).rejects.toMatchObject({
    statusCode: 500,
    headers: { 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' },
  });
  expect(fake.account.intents.size).toBe(1);
});

test('is done to one object, where it is named', async ({ fake }) => {
  const [one, other] = [await createIntent(fake), await createIntent(fake)];
  fake.faults.add({ fault: 'drop', operation: 'payment_intents.retrieve', object: one.id });
  const { paymentIntents } = fake.sdk({ maxNetworkRetries: 0 });

  await expect(paymentIntents.retrieve(other.id)).resolves.toMatchObject({ id: other.id });
  await expect(paymentIntents.retrieve(one.id)).rejects.toMatchObject({
    type: 'StripeConnectionError',
  });
});

test('refuses by rate, keeping nothing, until the fault is used up', async ({ fake }) => {
  fake.faults.add({ fault: 'rate_limit', times: 1 });
  const attempt = () => createIntent(fake, {}, { idempotencyKey: 'k' });

  await expect(attempt()).rejects.toMatchObject({
    statusCode: 429,
    type: 'StripeRateLimitError',
  });
  expect((await attempt()).status).toBe('requires_payment_method');
});

test('drops the connection before the work', async ({ fake }) => {
  fake.faults.add({ fault: 'drop' });

  await expect(createIntent(fake)).rejects.toMatchObject({ type: 'StripeConnectionError' });
  expect(fake.account.intents.size).toBe(0);
});

test('keeps the caller waiting with the work already done', async ({ fake }) => {
  fake.faults.add({ fault: 'execute_then_wait', ms: 60_000, operation: 'payment_intents.create' });
  const answered = vi.fn();

  createIntent(fake).then(answered, () => {});

  await eventually(() => expect(fake.account.intents.size).toBe(1));
  expect(answered).not.toHaveBeenCalled();
});

test('meets only the call that a fault names', async ({ fake }) => {
  fake.faults.add({ fault: 'drop', operation: 'refunds.create' });

  expect((await createIntent(fake)).amount).toBe(4_200);
});

test('takes, lists and clears faults over HTTP', async ({ fake }) => {
  const added = await admin(fake, 'POST', '/faults', { fault: 'rate_limit', times: 2 });
  expect(added.status).toBe(201);
  const { id } = (await added.json()) as { id: string };
  expect(await (await admin(fake, 'GET', '/faults')).json()).toEqual({
    items: [{ id, fault: 'rate_limit', times: 2 }],
  });

  expect((await admin(fake, 'DELETE', `/faults/${id}`)).status).toBe(204);
  expect(fake.faults.list()).toEqual([]);

  const wrong = await admin(fake, 'POST', '/faults', { fault: 'earthquake' });
  expect(wrong.status).toBe(400);
  expect(((await wrong.json()) as { error: string }).error).toContain('fault');
});
