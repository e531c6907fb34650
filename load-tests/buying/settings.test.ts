import { expect, test } from 'vitest';
import { CannotLoad, readSettings } from './settings.ts';

const usual = { rate: 100, seconds: 60, capacity: 50, buyers: 80 };

test('what is not said is as usual', () => {
  expect(readSettings({}, usual)).toEqual(usual);
  expect(readSettings({ RATE: '', DURATION: '' }, usual)).toEqual(usual);
});

test('what is said wins', () => {
  const said = { RATE: '7', DURATION: '2m', CAPACITY: '9', BUYERS: '11' };
  expect(readSettings(said, usual)).toEqual({ rate: 7, seconds: 120, capacity: 9, buyers: 11 });
  expect(readSettings({ DURATION: '1h' }, usual).seconds).toBe(3_600);
});

test.each([
  { RATE: '0' },
  { RATE: '1.5' },
  { RATE: 'many' },
  { RATE: '2001' },
  { DURATION: '10' },
  { DURATION: '0s' },
  { DURATION: '5d' },
  { CAPACITY: '-1' },
  { BUYERS: 'all' },
])('%o is refused with a sentence', (env) => {
  const [name = ''] = Object.keys(env);
  expect(() => readSettings(env, usual)).toThrow(CannotLoad);
  expect(() => readSettings(env, usual)).toThrow(`${name}=`);
});
