import { createServer } from 'node:http';
import { knownTokens } from '@guichet/http/known-tokens-test';
import type { Subject } from '@guichet/http/subject';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { annotation, type Target } from '../minimums/target.ts';
import { targetOf } from '../minimums/target-test.ts';
import type { Sale } from './sale.ts';
import { workOut } from './work-out.ts';

const minute = 60_000;

const ours: Sale = {
  id: 'room',
  offeringId: '01985f3e-0000-7000-8000-000000000001',
  organiserId: 'ours',
  saleAt: Date.now() + minute,
  crowd: { room: true, buyers: 20_000, perSecond: 60 },
  waiting: 0,
  closesAt: Date.now() + 60 * minute,
  goneAt: null,
};
const theirs: Sale = { ...ours, id: 'other', organiserId: 'theirs' };

const subjects: Record<string, Subject> = {
  staff: { id: 'a', kind: 'employee', organiserId: 'ours', permissions: ['slots:write'] },
  reader: { id: 'b', kind: 'employee', organiserId: 'ours', permissions: [] },
  customer: { id: 'c', kind: 'customer', permissions: [] },
};

async function start(targets: readonly Target[], env: Record<string, string> = {}) {
  const config = readConfig({
    ...{
      ISSUER_URL: 'http://a',
      JWKS_URL: 'http://a',
      TOKEN_URL: 'http://a',
      SERVICES: 'a=http://a',
    },
    ...{ MESSAGES_URL: 'amqp://a', SERVICE_CLIENT_ID: 'a', SERVICE_CLIENT_SECRET: 'b'.repeat(32) },
    ...{ PUBLIC_URL: 'http://a', ...env },
  });
  const live = config.live();
  const server = await listening(
    createServer(
      createApp({
        workOut: () =>
          workOut({
            sales: [ours, theirs],
            targets,
            settings: live,
            startUpMs: minute,
            now: Date.now(),
          }),
        targets: () => targets,
        leads: () => true,
        live: () => live,
        verifyToken: knownTokens((token) => subjects[token]),
        logger: createLogger({ service: 'test', level: 'silent' }),
        metrics: createMetrics({ service: 'test' }),
      }),
    ),
  );
  onTestFinished(server.close);
  return async (token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(`${server.url}/api/on-sales`, { headers });
    const body = (await response.json()) as { sales: unknown[]; minimums: unknown[] };
    return { status: response.status, body };
  };
}

test('staff see their own sales, and the minimums of all together', async () => {
  const ask = await start([targetOf('reservation', { minimum: 8 }), targetOf('gateway')]);
  const { status, body } = await ask('staff');

  expect(status).toBe(200);
  expect(body.sales).toEqual([
    expect.objectContaining({
      offeringId: ours.offeringId,
      phase: 'raised',
      expectedBuyers: 20_000,
      perSecond: 60,
    }),
  ]);
  // Sixty a second for us, and sixty for others.
  expect(body.minimums).toContainEqual(
    expect.objectContaining({ service: 'gateway', ownMinimum: 2, wanted: 2, because: null }),
  );
});

test('what is not as it is wanted says why', async () => {
  const raised = {
    [annotation.ownMinimum]: '2',
    [annotation.raisedTo]: '6',
    [annotation.raisedUntil]: new Date(Date.now() + minute).toISOString(),
  };
  const targets = [
    targetOf('payment', { maximum: 6 }),
    targetOf('reservation', { minimum: 3, annotations: raised }),
  ];
  const { body } = await (await start(targets))('staff');

  expect(body.minimums).toEqual([
    expect.objectContaining({
      service: 'payment',
      because: expect.stringContaining('its autoscaler’s maximum is 6'),
    }),
    expect.objectContaining({
      service: 'reservation',
      because: expect.stringContaining('it is left to them'),
    }),
  ]);
  const dry = await (await start([targetOf('gateway')], { DRY_RUN: 'true' }))('staff');
  expect(dry.body).toMatchObject({ dryRun: true });
});

test.each([
  ['nobody', undefined, 401],
  ['whoever has no token of ours', 'forged', 401],
  ['a customer', 'customer', 403],
  ['staff without the right', 'reader', 403],
])('%s sees nothing', async (_, token, status) => {
  const answer = await (await start([]))(token);

  expect(answer.status).toBe(status);
  expect(answer.body).not.toHaveProperty('sales');
});
