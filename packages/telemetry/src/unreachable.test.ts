import { expect, test } from 'vitest';
import { addressOf, unreachable } from './unreachable.ts';

test.each([
  ['postgres://ada:hunter2@db:5433/guichet', 'db:5433'],
  ['postgres://ada:hunter2@db/guichet?sslmode=require', 'db:5432'],
  ['amqps://ada:hunter2@broker', 'broker:5671'],
  ['mongodb://ada:hunter2@a:1,b:2/?replicaSet=rs', 'a:1,b:2'],
  ['mongodb+srv://ada:hunter2@cluster.example/x', 'cluster.example'],
  ['postgres://ada:hunter@2@db', 'db:5432'],
  ['postgres://ada:hunter/2?x@db', 'db:5432'],
  ['postgres://[::1]:5432/x', '[::1]:5432'],
])('the address in %s is %s', (url, address) => {
  expect(addressOf(url)).toBe(address);
});

test('the sentence names server, address, reason and setting, and no credentials', () => {
  const error = (cause: unknown) =>
    unreachable({
      server: 'PostgreSQL',
      url: 'postgres://ada:hunter2@db/guichet',
      setting: 'DATABASE_URL',
      cause,
    }).message;

  expect(error(new Error('connect ECONNREFUSED 10.0.0.1:5432'))).toBe(
    'PostgreSQL at db:5432 cannot be used (connect ECONNREFUSED 10.0.0.1:5432). Is it up, and is DATABASE_URL right?',
  );
  expect(error(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toContain(
    '(ECONNREFUSED)',
  );
});
