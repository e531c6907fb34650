import { expect, test } from 'vitest';
import {
  cvcProblem,
  expiryOf,
  expiryProblem,
  formatExpiry,
  formatNumber,
  numberProblem,
} from './card-rules.ts';

const now = new Date(2026, 10, 25);

test.for([
  ['4242 4242 4242 4242', undefined],
  ['378282246310005', undefined],
  ['36227206271667', undefined],
  ['4242 4242 4242 424', 'incomplete_number'],
  ['', 'incomplete_number'],
  ['4242 4242 4242 4241', 'invalid_number'],
] as const)('the number %s is %s', ([number, problem]) => {
  expect(numberProblem(number)).toBe(problem);
});

test.for([
  ['12 / 34', undefined],
  ['11 / 26', undefined],
  ['12 / 3', 'incomplete_expiry'],
  ['13 / 34', 'invalid_expiry_month'],
  ['00 / 34', 'invalid_expiry_month'],
  ['10 / 26', 'invalid_expiry_month_past'],
  ['12 / 25', 'invalid_expiry_year_past'],
  ['12 / 77', 'invalid_expiry_year'],
] as const)('the expiry %s is %s', ([expiry, problem]) => {
  expect(expiryProblem(expiry, now)).toBe(problem);
});

test('an American Express card has four digits on it, any other three', () => {
  expect(cvcProblem('123', '4242')).toBeUndefined();
  expect(cvcProblem('12', '4242')).toBe('incomplete_cvc');
  expect(cvcProblem('123', '3782 822463 10005')).toBe('incomplete_cvc');
  expect(cvcProblem('1234', '3782 822463 10005')).toBeUndefined();
});

test('what is typed is set as it stands on a card', () => {
  expect(formatNumber('42424242424242421')).toBe('4242 4242 4242 4242');
  expect(formatNumber('4242-4')).toBe('4242 4');
  expect(formatNumber('378282246310005')).toBe('3782 822463 10005');
  expect(formatExpiry('1')).toBe('1');
  expect(formatExpiry('12')).toBe('12');
  expect(formatExpiry('1234')).toBe('12 / 34');
  expect(formatExpiry('934')).toBe('09 / 34');
  expect(expiryOf('09 / 34')).toEqual({ month: 9, year: 2034 });
});
