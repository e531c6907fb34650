import { expect, test } from 'vitest';
import { requestLabels } from './request-labels.ts';

test('a request is counted by its method, route and status', () => {
  expect(requestLabels('POST', '/api/bookings', 201)).toEqual({
    method: 'POST',
    route: '/api/bookings',
    status: '201',
  });
});

test.each(['PROPFIND', 'get', '', undefined])('%s is one of the others', (method) => {
  expect(requestLabels(method, 'unknown', 404).method).toBe('other');
});
