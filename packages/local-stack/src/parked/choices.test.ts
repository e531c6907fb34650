import { readCommand } from '@guichet/messaging/parked/command';
import { expect, test } from 'vitest';
import { wordsOf } from './choices.ts';

const commandOf = (env: NodeJS.ProcessEnv) => readCommand(wordsOf(env), { USER: 'anna' });
const consumer = 'reservation.payments';

test('lists all consumers when told nothing, and one when it is named', () => {
  expect(commandOf({})).toEqual({ action: 'overview' });
  expect(commandOf({ CONSUMER: consumer, LIMIT: '7' })).toEqual({
    action: 'list',
    consumer,
    limit: 7,
  });
});

test('says in variables what the program takes in words', () => {
  const of = { CONSUMER: consumer };

  expect(commandOf({ ...of, SHOW: '1', REVEAL: '1' })).toMatchObject({
    action: 'show',
    id: '1',
    reveal: true,
  });
  expect(commandOf({ ...of, REPLAY: 'all', BY: 'bob' })).toMatchObject({ id: 'all', by: 'bob' });
  expect(commandOf({ ...of, DISCARD: '1', REASON: '--a mistake' })).toMatchObject({
    action: 'discard',
    by: 'anna',
    reason: '--a mistake',
  });
});

test('does one thing at a time, and to a consumer that is named', () => {
  expect(() => wordsOf({ CONSUMER: consumer, SHOW: '1', DISCARD: '1' })).toThrow(
    'Choose one of SHOW and DISCARD.',
  );
  expect(() => wordsOf({ REPLAY: 'all' })).toThrow('Whose? Say CONSUMER=…');
});
