import { expect, test } from 'vitest';
import { builtIn, findBuiltIn, refuseAboveOwn } from './role.ts';

test('an organiser has four roles from the start', () => {
  expect(builtIn.map(({ code }) => code)).toEqual(['customer', 'employee', 'manager', 'admin']);
  expect(findBuiltIn('customer')?.permissions).toEqual([]);
  expect(findBuiltIn('box_office')).toBeUndefined();
});

test('one gives what one holds', () => {
  expect(() => refuseAboveOwn(['bookings:read', 'slots:write'], ['slots:write'])).not.toThrow();
});

test('one does not give what one does not hold, and is told what that is', () => {
  expect(() =>
    refuseAboveOwn(['employees:write'], [], ['payments:refund', 'employees:write']),
  ).toThrow(
    expect.objectContaining({
      code: 'role_above_own',
      message: 'This role may do what you may not: payments:refund.',
    }),
  );
});
