import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { confirmed, published, tokenReused } from '../messages-test.ts';
import { notification, test } from '../notification-test.ts';
import { measureMails } from './measure-mails.ts';
import { notificationStore } from './notification-store.ts';

test('an e-mail that its provider refuses is counted until it is sent', async ({ pool, mail }) => {
  const metrics = createMetrics({ service: 'test' });
  measureMails({ store: notificationStore(pool), metrics });
  const said = async () => {
    const values = (await metrics.registry.getMetricsAsJSON()).map(
      ({ name, values: [first] }) => [name, first?.value] as const,
    );
    const { guichet_unsent_mails, guichet_unsent_mail_age_seconds } = Object.fromEntries(values);
    return { mails: guichet_unsent_mails, age: Number(guichet_unsent_mail_age_seconds) };
  };
  expect(await said()).toEqual({ mails: 0, age: 0 });

  const { handle } = notification(pool, mail, 'resend');
  const fact = tokenReused();
  mail.faults.add({ fault: 'refuse', times: 1 });
  await expect(handle(fact)).rejects.toThrow();
  await pool.query(`update notifications set created_at = now() - interval '1 hour'`);
  const waiting = await said();
  expect(waiting.mails).toBe(1);
  expect(waiting.age).toBeGreaterThanOrEqual(3_600);

  await handle(fact);
  expect(await said()).toEqual({ mails: 0, age: 0 });
});

test('how long a customer waits for the ticket is timed once, from when the booking is confirmed', async ({
  pool,
  mail,
}) => {
  const { handle, metrics } = notification(pool, mail, 'resend');
  await handle(published());
  const fact = { ...confirmed(), time: new Date(Date.now() - 20_000).toISOString() };
  await handle(fact);
  await handle(fact);

  const text = await metrics.registry.metrics();
  expect(text).toMatch(/^guichet_confirmed_to_mailed_seconds_count\{.*\} 1$/m);
  expect(text).toMatch(/^guichet_confirmed_to_mailed_seconds_sum\{.*\} 2\d\./m);
});

test.for(['gmail', 'resend', 'smtp'] as const)(
  'what %s takes, puts off and refuses is counted',
  async (provider, { pool, mail }) => {
    const { handle, metrics } = notification(pool, mail, provider);
    await handle(tokenReused());
    mail.faults.add({ fault: 'refuse', times: 1 });
    await expect(handle(tokenReused())).rejects.toThrow();
    mail.faults.add({ fault: 'reject', times: 1 });
    await expect(handle(tokenReused())).rejects.toThrow();

    const text = await metrics.registry.metrics();
    for (const outcome of ['ok', 'failed', 'refused']) {
      expect(text).toContain(
        `guichet_provider_requests_total{provider="mail",outcome="${outcome}",service="test"} 1`,
      );
    }
    expect(text).toMatch(/^guichet_provider_request_duration_seconds_count\{.*\} 3$/m);
  },
);
