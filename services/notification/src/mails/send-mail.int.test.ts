import { PermanentError } from '@guichet/messaging/bus';
import { expect } from 'vitest';
import { confirmed, published, tokenReused } from '../messages-test.ts';
import { notification, test } from '../notification-test.ts';

const providers = ['gmail', 'resend', 'smtp'] as const;
const templatesOf = (messages: { template: string | null }[]) =>
  messages.map(({ template }) => template).sort();

test.for(providers)(
  'eight deliveries of one fact are one e-mail of each template by %s',
  async (provider, { pool, mail }) => {
    const { handle } = notification(pool, mail, provider);
    await handle(published());
    const fact = confirmed();
    // So that they are all in it at once.
    mail.faults.add({ fault: 'latency', ms: 100 });

    await Promise.allSettled(Array.from({ length: 8 }, () => handle(fact)));
    await handle(fact);

    expect(templatesOf(mail.inbox.list())).toEqual(['booking_confirmed', 'receipt']);
  },
);

test('a second fact is a second e-mail', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(tokenReused());
  await handle(tokenReused());

  expect(mail.inbox.list()).toHaveLength(2);
});

test.for([
  ['gmail', 1],
  ['resend', 1],
  ['smtp', 2],
] as const)(
  'an e-mail whose acceptance by %s was never heard of arrives %i times',
  async ([provider, times], { pool, mail }) => {
    const { handle } = notification(pool, mail, provider);
    await handle(published());
    const fact = confirmed();
    mail.faults.add({ fault: 'accept_then_drop', times: 1 });

    await expect(handle(fact)).rejects.toThrow();
    await handle(fact);
    await handle(fact);

    const confirmations = mail.inbox.list().filter((one) => one.template === 'booking_confirmed');
    expect(confirmations).toHaveLength(times);
    expect(new Set(confirmations.map(({ messageId }) => messageId)).size).toBe(1);
    expect(confirmations[0]?.messageId).toMatch(/^[0-9a-f-]{36}@guichet\.test$/);
  },
);

test.for(providers)(
  'an e-mail that %s puts off is sent with the next delivery',
  async (provider, { pool, mail }) => {
    const { handle } = notification(pool, mail, provider);
    const fact = tokenReused();
    mail.faults.add({ fault: 'refuse', times: 1 });

    const putOff = await handle(fact).catch((error: unknown) => error);
    expect(putOff).toBeInstanceOf(Error);
    expect(putOff).not.toBeInstanceOf(PermanentError);
    await handle(fact);

    expect(mail.inbox.list()).toHaveLength(1);
  },
);

test.for(providers)(
  'an e-mail that %s will never take is not tried again',
  async (provider, { pool, mail }) => {
    mail.faults.add({ fault: 'reject' });
    const refused = notification(pool, mail, provider).handle(tokenReused());

    await expect(refused).rejects.toBeInstanceOf(PermanentError);
    expect(mail.inbox.list()).toEqual([]);
  },
);
