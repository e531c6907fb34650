import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '@guichet/testing/database';
import { type FaultProxy, startFaultProxy } from '@guichet/testing/fault-proxy';
import { createMongoDatabase } from '@guichet/testing/mongo-database';
import {
  askManagement,
  type ServiceProcess,
  startServiceProcess,
} from '@guichet/testing/service-process';
import { createVhost } from '@guichet/testing/vhost';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { notOurs } from '../providers/provider.ts';
import { portsFrom } from './ports.ts';
import { keepSecrets } from './secrets.ts';
import {
  environmentOf,
  migrated,
  type ServiceName,
  type StackPlan,
  serviceNames,
} from './services.ts';

const services = join(import.meta.dirname, '../../../../services');
const patience = { timeout: 60_000, interval: 200 };

/** A server that is down, until the test starts it. */
async function downAtFirst(url: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy(url);
  onTestFinished(proxy.close);
  await proxy.stop();
  return proxy;
}

async function backing() {
  const [postgres, mongo, vhost] = [
    await downAtFirst(inject('servers').postgres),
    await createMongoDatabase(),
    await createVhost(),
  ];
  onTestFinished(mongo.drop);
  onTestFinished(vhost.drop);
  const databases: Record<string, string> = {};
  for (const name of migrated) {
    const database = await createDatabase({ migrations: join(services, name, 'migrations') });
    onTestFinished(database.drop);
    databases[name] = postgres.through(database.url);
  }
  return {
    postgres,
    databases,
    mongo: await downAtFirst(mongo.url),
    mongoUrl: mongo.url,
    rabbit: await downAtFirst(vhost.url),
    rabbitUrl: vhost.url,
  };
}

async function planOn({
  databases,
  mongo,
  mongoUrl,
  rabbit,
  rabbitUrl,
}: Awaited<ReturnType<typeof backing>>): Promise<StackPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = (url: string) => ({ ...notOurs, url, provider: 'a test' });
  return {
    ports: portsFrom(20_000),
    secrets: keepSecrets(join(folder, 'secrets.json')),
    backing: {
      postgres: at(''),
      mongo: at(mongo.through(mongoUrl)),
      messages: at(rabbit.through(rabbitUrl)),
      valkey: at(''),
    },
    databases,
    messagesUrl: rabbit.through(rabbitUrl),
    publicUrl: 'http://localhost:20000',
    tls: undefined,
  };
}

const start = (name: ServiceName, file: string, env: Record<string, string>): ServiceProcess =>
  startServiceProcess(
    join('src', file),
    { ...env, PORT: '0', MANAGEMENT_PORT: '0' },
    join(services, name),
  );

test('every service that starts before its servers is live, says what it waits for, and is ready when they come', async () => {
  const servers = await backing();
  const plan = await planOn(servers);
  const own: Partial<Record<ServiceName, Record<string, string>>> = {
    // Each listens where it can, so that it would not find the waiting room.
    gateway: { WAITING_ROOM: 'off' },
  };
  const mongoDatabase = { MONGO_DATABASE: `test_${randomUUID().replaceAll('-', '')}` };
  const started = new Map<string, ServiceProcess>();
  const ports = new Map<string, number | undefined>();
  for (const name of serviceNames) {
    const process = start(name, 'main.ts', {
      ...environmentOf(name, plan),
      ...mongoDatabase,
      ...own[name],
    });
    started.set(name, process);
    ports.set(name, (await process.lineWith('is starting')).managementPort);
  }
  /** By service: its status, and the sentences of what it has not. */
  const ready = async () =>
    Object.fromEntries(
      await Promise.all(
        serviceNames.map(async (name) => {
          const [, { status, failing }] = await askManagement(ports.get(name), '/health/ready');
          return [name, failing ? { [status]: failing } : status];
        }),
      ),
    );
  const until = (state: Record<string, unknown>) =>
    vi.waitFor(async () => expect(await ready()).toEqual(state), patience);

  const sentence = (server: string, proxy: FaultProxy, setting: string) =>
    expect.stringMatching(
      new RegExp(
        `^${server} at 127.0.0.1:${proxy.port} cannot be used \\(.*\\)\\. .* ${setting} right`,
      ),
    );
  const noTables = {
    starting: { schema: sentence('PostgreSQL', servers.postgres, 'DATABASE_URL') },
  };
  const noDocuments = { starting: { mongo: sentence('MongoDB', servers.mongo, 'MONGO_URL') } };
  const noMessages = {
    not_ready: { messages: sentence('RabbitMQ', servers.rabbit, 'MESSAGES_URL') },
  };
  await until({
    identity: noTables,
    reservation: noTables,
    'waiting-room': noTables,
    notification: noTables,
    catalog: noDocuments,
    payment: noDocuments,
    prescaler: 'ready',
    gateway: 'ready',
    web: 'ready',
  });
  for (const port of ports.values()) {
    expect((await askManagement(port, '/health/live'))[0]).toBe(200);
  }

  // Without the broker, whoever signs in and whoever buys a place is served; they hear of it later.
  await Promise.all([servers.postgres.start(), servers.mongo.start()]);
  await until({
    identity: 'ready',
    reservation: 'ready',
    'waiting-room': 'ready',
    notification: noMessages,
    catalog: 'ready',
    payment: 'ready',
    prescaler: 'ready',
    gateway: 'ready',
    web: 'ready',
  });
  await servers.rabbit.start();
  await until(Object.fromEntries(serviceNames.map((name) => [name, 'ready'])));

  for (const { child } of started.values()) child.kill('SIGTERM');
  for (const [name, { exited, log, said }] of started) {
    expect([name, ...(await exited)]).toEqual([name, 0, null]);
    expect(JSON.stringify([log, said])).not.toMatch(/:postgres@|:guest@/);
    expect(log.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  }
}, 240_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a service that waits for MongoDB ends at once with 0 on %s',
  async (signal) => {
    const plan = await planOn(await backing());
    const { child, lineWith, exited } = start('catalog', 'main.ts', environmentOf('catalog', plan));
    await lineWith('waiting for mongo');

    child.kill(signal);

    expect(await exited).toEqual([0, null]);
  },
);

test('migrating waits for its database, and not for ever: one sentence names its host and never its password', async () => {
  const servers = await backing();
  const { reservation: url = '' } = servers.databases;
  const migrate = (env: Record<string, string>) => start('reservation', 'migrate.ts', env);

  const late = migrate({ DATABASE_URL: url });
  const never = migrate({ DATABASE_URL: url, MIGRATION_WAIT_MS: '300' });
  expect(await never.exited).toEqual([1, null]);
  expect(never.fatal()).toMatchObject({
    msg: expect.stringContaining(`PostgreSQL at 127.0.0.1:${servers.postgres.port} cannot be used`),
  });
  expect(JSON.stringify(never.log)).not.toContain(':postgres@');
  expect(never.fatal()).not.toHaveProperty('err');

  await late.lineWith('waiting for the database');
  await servers.postgres.start();
  expect(await late.exited).toEqual([0, null]);
  expect(late.log.at(-1)?.msg).toBe('the database is up to date');
});

test('migrating without a database to migrate names the setting', async () => {
  const { exited, fatal } = start('reservation', 'migrate.ts', {});

  expect(await exited).toEqual([1, null]);
  expect(fatal()?.msg).toContain('DATABASE_URL: is missing');
});
