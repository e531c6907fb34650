import { createHash, randomBytes } from 'node:crypto';
import { login, me, register, tokensOf } from '@guichet/contracts/auth';
import { type Client, createClient } from '@guichet/contracts/client';
import { dismissEmployee, hireEmployee } from '@guichet/contracts/employees';
import { newId } from '@guichet/contracts/ids';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { createDatabase } from '@guichet/testing/database';
import { createVhost } from '@guichet/testing/vhost';
import { decodeJwt } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import { type IdentityProcess, runNode, startIdentity } from '../test/identity-process.ts';
import { organiserChanged, password, problemOf } from '../test/people.ts';

const patiently = { timeout: 30_000, interval: 100 };
const leftovers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const remove of leftovers.splice(0).reverse()) await remove();
});

async function settings(): Promise<Record<string, string>> {
  const [database, vhost] = [await createDatabase(), await createVhost()];
  leftovers.push(database.drop, vhost.drop);
  return {
    ISSUER_URL: 'https://guichet.test',
    DATABASE_URL: database.url,
    MESSAGES_URL: vhost.url,
    SEALING_KEY: randomBytes(32).toString('base64'),
    SERVICE_CLIENTS: `reservation:${createHash('sha256').update('secret').digest('hex')}`,
    ANSWER_FLOOR_MS: '0',
  };
}

async function start(env: Record<string, string>): Promise<IdentityProcess> {
  const identity = await startIdentity(env);
  leftovers.push(identity.stop);
  await vi.waitFor(async () => {
    const { status } = await fetch(`${identity.managementUrl}/health/ready`);
    if (status !== 200) throw new Error(identity.output());
  }, patiently);
  return identity;
}

async function hireSecondAdmin(api: Client, by: { authorization: string }, organiserId: string) {
  const grace = { email: 'grace@guichet.test', firstName: 'Grace', lastName: 'Hopper' };
  await api.call(register, { body: { ...grace, password, language: 'en' } });
  await api.call(hireEmployee, { ...by, body: { ...grace, role: 'admin' } });
  const session = await api.call(login, { body: { email: grace.email, password, organiserId } });
  return { authorization: `Bearer ${tokensOf(session).accessToken}` };
}

test('two replicas are one identity: keys, accounts, organisers and revocations', async () => {
  const env = await settings();
  const migration = runNode('migrate.ts', env);
  expect(await migration.closed, migration.output()).toBe(0);
  const [one, other] = await Promise.all([start(env), start(env)]);
  const api = createClient({ baseUrl: one.url });
  const elsewhere = createClient({ baseUrl: other.url });

  const email = 'ada@guichet.test';
  const ada = { firstName: 'Ada', lastName: 'Lovelace', language: 'en' as const };
  await api.call(register, { body: { ...ada, email, password } });
  const customer = await elsewhere.call(login, { body: { email, password } });
  const authorization = `Bearer ${tokensOf(customer).accessToken}`;
  const { id } = await api.call(me, { authorization });

  // catalog says that she created an organiser, and that somebody else is admin there too.
  const logger = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'test' });
  const bus = await connectBus({ url: env.MESSAGES_URL ?? '', logger, metrics });
  leftovers.push(() => bus.close());
  const organiserId = newId();
  await bus.publish(organiserChanged(organiserId, id));
  const asAdmin = () => api.call(login, { body: { email, password, organiserId } });
  await vi.waitFor(asAdmin, patiently);

  // Her token counts no more at either replica, from the second after the one it was issued in.
  const { accessToken } = tokensOf(await asAdmin());
  const admin = { authorization: `Bearer ${accessToken}` };
  const second = await hireSecondAdmin(api, admin, organiserId);
  await vi.waitFor(async () => {
    expect(Date.now() / 1_000).toBeGreaterThan(Number(decodeJwt(accessToken).iat) + 1.1);
  }, patiently);
  await api.call(dismissEmployee, { ...second, params: { id } });
  for (const replica of [api, elsewhere]) {
    await vi.waitFor(async () => {
      expect(await problemOf(replica.call(me, admin))).toBe('401 invalid_token');
    }, patiently);
  }

  const text = await (await fetch(`${one.managementUrl}/metrics`)).text();
  expect(text).toMatch(/^active_sessions\{service="identity"\} [1-9]/m);
  expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
  expect(one.output()).not.toContain(password);
});

test('a setting that is missing or wrong stops the start, and is named', async () => {
  const { child, closed, output } = runNode('main.ts', {
    ISSUER_URL: 'https://guichet.test',
    SEALING_KEY: 'too short',
  });
  leftovers.push(async () => child.kill());

  expect(await closed).not.toBe(0);
  expect(output()).toContain('DATABASE_URL: is missing');
  expect(output()).toContain('SEALING_KEY: is not 32 bytes in base64');
  expect(output()).not.toContain('too short');
});
