import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

test('a service’s last warning counts, and not what it said beside it', () => {
  const log = [
    '{"level":"info","msg":"reservation is starting"}',
    '{"level":"warn","msg":"Waiting for the database. PostgreSQL at guichet-postgres:5432 cannot be used"}',
    '{"level":"info","msg":"something else"}',
  ].join('\n');

  expect(lastWords(log)).toBe(
    'Waiting for the database. PostgreSQL at guichet-postgres:5432 cannot be used',
  );
});

test('an error is told with its cause', () => {
  expect(lastWords('{"level":"error","msg":"a request failed","err":{"message":"no"}}')).toBe(
    'a request failed: no',
  );
});

test('of a program that died, its complaint counts and not its stack', () => {
  const log =
    'node:internal:1\nError: Cannot find module ./a\n    at b (c:1)\n\nNode.js v24.21.0\n';

  expect(lastWords(log)).toBe('Error: Cannot find module ./a');
});

test('credentials are left out', () => {
  const log = 'Error: connect failed for postgres://guichet:p%40ss@db:5432/a and amqp://u:v@mq';

  expect(lastWords(log)).toBe('Error: connect failed for postgres://…@db:5432/a and amqp://…@mq');
});

test('who said nothing has no last words', () => {
  expect(lastWords('\n')).toBeUndefined();
});
