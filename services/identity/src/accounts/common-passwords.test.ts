import { expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

test.each(['password', 'PassWord', '12345678', 'qwertyuiop', 'iloveyou1'])(
  '%s is a common password',
  (password) => {
    expect(isCommonPassword(password)).toBe(true);
  },
);

test('a sentence is not', () => {
  expect(isCommonPassword('three boats leave at noon')).toBe(false);
});
