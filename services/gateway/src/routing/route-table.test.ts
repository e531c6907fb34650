import { publicOperations } from '@guichet/contracts/operations';
import { describe, expect, test } from 'vitest';
import { createRouteTable } from './route-table.ts';

const table = createRouteTable(publicOperations);

test('every public operation is found by its own method and path', () => {
  for (const operation of publicOperations) {
    const path = operation.path.replace(/\{\w+\}/g, '0197a6f0-0000-7000-8000-000000000001');
    expect(table.find(operation.method.toUpperCase(), path)).toEqual({ kind: 'route', operation });
  }
});

test('a literal segment wins over a placeholder', () => {
  expect(table.find('POST', '/api/slots/import')).toMatchObject({
    operation: { id: 'importSlots' },
  });
});

test('a known path with another method says which methods there are', () => {
  expect(table.find('DELETE', '/api/slots')).toEqual({
    kind: 'method_not_allowed',
    allow: ['POST'],
  });
});

describe('never routes', () => {
  test.each([
    ['what is between services', '/internal/bookings/1/begin-payment'],
    ['dot segments', '/api/bookings/../../internal/payments/1/close'],
    ['encoded dot segments', '/api/%2e%2e/internal/payments/1/close'],
    ['encoded slashes', '/api/bookings/1%2Fcancel'],
    ['backslashes', '/api/bookings/1\\cancel'],
    ['empty segments', '/api//bookings'],
    ['a trailing slash', '/api/bookings/'],
    ['absolute form', 'http://reservation/api/bookings'],
    ['broken percent encoding', '/api/bookings/%zz'],
    ['control characters', '/api/bookings/%00'],
  ])('%s', (_, path) => {
    expect(table.find('POST', path)).toEqual({ kind: 'unknown' });
  });
});
