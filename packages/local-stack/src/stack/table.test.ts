import { expect, test } from 'vitest';
import type { Stack } from './describe-stack.ts';
import { stackTable } from './table.ts';

const stack: Stack = {
  gateway: 'http://localhost:8080',
  stripe: { api: 'http://127.0.0.1:8090', publishableKey: 'pk_test' },
  inbox: 'http://127.0.0.1:8091',
  management: {},
  backing: {
    postgres: { provider: 'POSTGRES_URL', url: 'postgres://guichet:hunter2@db/guichet' },
    mongo: { provider: 'MONGO_URL', url: 'mongodb://db' },
    messages: { provider: 'RABBITMQ_URL', url: 'amqp://db' },
    valkey: { provider: 'in memory: limits are per process', url: '' },
  },
  accounts: {} as Stack['accounts'],
};

test('says what backs each part, no password of it, and what is missing instead of an address', () => {
  const watchers = {
    prometheus: 'prometheus  http://127.0.0.1:1',
    loki: 'missing: put loki on the PATH',
  };
  const table = stackTable(stack, watchers, (text) => text);

  expect(table).toContain('PostgreSQL  POSTGRES_URL  postgres://guichet@db/guichet');
  expect(table).toMatch(/Valkey +in memory: limits are per process\n/);
  expect(table).toMatch(/Prometheus +prometheus {2}http:\/\/127.0.0.1:1\n/);
  expect(table).toMatch(/Loki +missing: put loki on the PATH\n/);
  expect(table).not.toContain('hunter2');
});
