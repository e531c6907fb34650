import { afterAll, beforeAll, expect, test } from 'vitest';
import { ruleFile } from '../rules/rule-file.ts';
import { logAlerts, logGroups } from './logs.ts';
import { startLoki } from './loki-test.ts';

const startMs = 60_000;
let loki: Awaited<ReturnType<typeof startLoki>>;
beforeAll(async () => {
  loki = await startLoki(ruleFile('a test', logGroups));
}, startMs);
afterAll(() => loki?.end());

const many = (count: number, line: Parameters<typeof loki.push>[0][number]) =>
  Array.from({ length: count }, () => line);
const failed = (service: string, msg: string) => ({ service, level: 'error', msg });
const noted = (service: string, securityEvent: string, unsaid = 0) => ({
  service,
  level: 'warn',
  msg: 'what may be an attack',
  securityEvent,
  unsaid,
});

/** By service and kind, once everything that was pushed has been looked at. */
async function firing(alertname: string): Promise<string[]> {
  const { done } = await loki.evaluations();
  await expect
    .poll(async () => (await loki.evaluations()).done)
    .toBeGreaterThan(done + 3 * logAlerts.length);
  const found = (await loki.firing()).filter((labels) => labels.alertname === alertname);
  return found.map(({ service, msg, event }) => `${service}: ${msg ?? event}`).sort();
}

test('ten errors of one kind are a burst; nine are none, nor are warnings', async () => {
  await loki.push([
    ...many(10, failed('reservation', 'a request failed')),
    ...many(9, failed('payment', 'a request failed')),
    ...many(9, failed('payment', 'a message is parked')),
    ...many(50, { service: 'identity', level: 'warn', msg: 'facts wait to be published' }),
    { service: 'web', level: 'info', msg: 'no error of its own: "level":"error"' },
    ...many(20, { service: 'postgres', level: 'error', text: 'ERROR:  a server writes no JSON' }),
  ]);

  expect(await firing('GuichetErrorBurst')).toEqual(['reservation: a request failed']);
});

test('a security event is told of when it is more than the ordinary, unsaid ones counted', async () => {
  await loki.push([
    noted('identity', 'token_reused'),
    noted('identity', 'token_reused', 1),
    ...many(20, noted('identity', 'login_refused')),
    noted('gateway', 'rate_limited', 2_000),
    noted('payment', 'signature_refused', 3),
    { service: 'web', level: 'info', msg: 'signature_refused '.repeat(9) },
    { service: 'postgres', level: 'error', text: 'LOG:  token_reused is in a statement' },
  ]);

  expect(await firing('GuichetSecurityEvent')).toEqual([
    'gateway: rate_limited',
    'identity: token_reused',
  ]);
});

test('every alert says how urgent it is, and no rule has failed', async () => {
  const found = await loki.firing();

  expect(found.length).toBeGreaterThan(2);
  expect(found.filter(({ severity, service }) => !severity || !service)).toEqual([]);
  expect(await loki.evaluations()).toMatchObject({ failed: 0 });
});
