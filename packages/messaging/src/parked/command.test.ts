import { expect, test } from 'vitest';
import { NotUnderstood, readCommand } from './command.ts';

const read = (line: string, env: NodeJS.ProcessEnv = { USER: 'anna' }) =>
  readCommand(line === '' ? [] : line.split(' '), env);

test('shows the help when asked, and when told nothing', () => {
  expect(['', '--help', 'replay -h'].map((line) => read(line))).toEqual(['help', 'help', 'help']);
});

test('looks at all consumers, at one, and at one message', () => {
  expect(read('list')).toEqual({ action: 'overview' });
  expect(read('list a.b')).toEqual({ action: 'list', consumer: 'a.b', limit: 100 });
  expect(read('list a.b --limit 7')).toMatchObject({ limit: 7 });
  expect(read('show a.b 1')).toEqual({ action: 'show', consumer: 'a.b', id: '1', reveal: false });
  expect(read('show a.b 1 --reveal')).toMatchObject({ reveal: true });
});

test('acts in the name that is given, else in that of who is signed in', () => {
  expect(read('replay a.b all')).toEqual({
    action: 'replay',
    consumer: 'a.b',
    id: 'all',
    by: 'anna',
  });
  expect(read('discard a.b 1 --reason spam --by bob')).toEqual({
    action: 'discard',
    consumer: 'a.b',
    id: '1',
    by: 'bob',
    reason: 'spam',
  });
});

test.each([
  ['remove a.b 1', '"remove" is none of list, show, replay, discard.'],
  ['list a.b --limit 0', '--limit is "0"; it must be a number from 1 to 999999.'],
  ['list a.b 1', 'list takes no "1".'],
  ['list --reveal', 'list takes no --reveal.'],
  ['show', 'Which consumer? Name one, such as reservation.payments.'],
  ['show a.b', 'Which message? Give its id, as `list a.b` shows it.'],
  ['show a.b 1 2', 'show takes no "2".'],
  ['replay a.b', 'Which message? Give its id, as `list a.b` shows it.'],
  ['discard a.b 1', "Why? Say --reason '…': it is audited."],
  ['discard a.b 1 --force', "Unknown option '--force'"],
])('says what is wrong with `%s`', (line, sentence) => {
  expect(() => read(line)).toThrow(NotUnderstood);
  expect(() => read(line)).toThrow(sentence);
});

test('a reason of blanks is none, and nobody acts without a name', () => {
  const blank = () => readCommand(['discard', 'a.b', '1', '--reason', '  '], { USER: 'anna' });

  expect(blank).toThrow('Why?');
  expect(() => read('replay a.b 1', {})).toThrow('Who are you? Say --by <name>: it is audited.');
});
