import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { notification, test, tokenReused } from '../notification-test.ts';
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
