import { expect, test } from 'vitest';
import type { Stack } from './start-stack.ts';
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
  const table = stackTable(stack, (text) => text);

  expect(table).toContain('PostgreSQL  POSTGRES_URL  postgres://guichet@db/guichet');
  expect(table).toMatch(/Valkey +in memory: limits are per process\n/);
  expect(table).not.toContain('hunter2');
});
