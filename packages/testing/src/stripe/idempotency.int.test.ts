import { expect } from 'vitest';
import { createIntent, test } from './fake-test.ts';

const day = 24 * 60 * 60 * 1_000;
const retried = (object: { lastResponse?: { headers: Record<string, string> } }) =>
  object.lastResponse?.headers['idempotent-replayed'];

test('answers the same key the same, once executed', async ({ fake }) => {
  const first = await createIntent(fake, {}, { idempotencyKey: 'k' });
  const second = await createIntent(fake, {}, { idempotencyKey: 'k' });

  expect(second).toEqual(first);
  expect(retried(first as object)).toBeUndefined();
  expect(retried(second as object)).toBe('true');
  expect(fake.account.intents.size).toBe(1);
});

test('answers as it did first, however the object has changed since', async ({ fake }) => {
  const first = await createIntent(fake, {}, { idempotencyKey: 'k' });
  await fake.sdk().paymentIntents.confirm(first.id, { payment_method: 'pm_card_visa' });

  const second = await createIntent(fake, {}, { idempotencyKey: 'k' });

  expect(second.status).toBe('requires_payment_method');
});

test('refuses the key with other parameters', async ({ fake }) => {
  await createIntent(fake, {}, { idempotencyKey: 'k' });

  await expect(
    createIntent(fake, { amount: 9_900 }, { idempotencyKey: 'k' }),
  ).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
    statusCode: 400,
  });
});

test('executes once for eight at once, and tells the others that one is under way', async ({
  fake,
}) => {
  fake.faults.add({ fault: 'latency', ms: 4_000, times: 1 });

  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => createIntent(fake, {}, { idempotencyKey: 'k' })),
  );

  expect(fake.account.intents.size).toBe(1);
  const refused = all.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
  expect(refused).toHaveLength(7);
  for (const reason of refused) {
    expect(reason).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  }
});

test('keeps a declined card for the key, and nothing of a request that was malformed', async ({
  fake,
}) => {
  const declined = { payment_method: 'pm_card_visa_chargeDeclined', confirm: true };
  const attempt = () => createIntent(fake, declined, { idempotencyKey: 'declined' });
  await expect(attempt()).rejects.toMatchObject({ code: 'card_declined' });
  await expect(attempt()).rejects.toMatchObject({
    code: 'card_declined',
    headers: { 'idempotent-replayed': 'true' },
  });
  expect(fake.account.charges.size).toBe(1);

  await expect(
    createIntent(fake, { ammount: 1 } as object, { idempotencyKey: 'malformed' }),
  ).rejects.toMatchObject({ code: 'parameter_unknown' });
  expect((await createIntent(fake, {}, { idempotencyKey: 'malformed' })).amount).toBe(4_200);
});

test('forgets a key after a day', async ({ start }) => {
  let now = Date.now();
  const fake = await start({ now: () => now });
  const first = await createIntent(fake, {}, { idempotencyKey: 'k' });

  now += day - 2_000;
  expect((await createIntent(fake, {}, { idempotencyKey: 'k' })).id).toBe(first.id);
  now += 4_000;
  expect((await createIntent(fake, {}, { idempotencyKey: 'k' })).id).not.toBe(first.id);
});

test('refuses a key that is too long', async ({ fake }) => {
  await expect(createIntent(fake, {}, { idempotencyKey: 'k'.repeat(256) })).rejects.toMatchObject({
    statusCode: 400,
  });
});
