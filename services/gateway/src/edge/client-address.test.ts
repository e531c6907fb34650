import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createClientAddress } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test.each([
  ['a customer is where the connection comes from', '203.0.113.7', undefined, '203.0.113.7'],
  ['a customer who says otherwise is not believed', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['the front door is believed', '10.244.0.9', '203.0.113.7', '203.0.113.7'],
  ['so is it over IPv6', '::ffff:10.244.0.9', '203.0.113.7', '203.0.113.7'],
  [
    'what a customer told the front door is not',
    '10.244.0.9',
    '6.6.6.6, 203.0.113.7',
    '203.0.113.7',
  ],
  ['one door behind another is followed', '10.244.0.9', '203.0.113.7, 10.244.0.3', '203.0.113.7'],
  ['a door that says nothing is the client itself', '10.244.0.9', undefined, '10.244.0.9'],
])('%s', (_, remote, forwarded, expected) => {
  expect(createClientAddress(['10.244.0.0/16'])(from(remote, forwarded))).toBe(expected);
});

test('nobody is trusted unless it is said', () => {
  expect(createClientAddress([])(from('10.244.0.9', '203.0.113.7'))).toBe('10.244.0.9');
});

test('what is no range is refused', () => {
  expect(() => createClientAddress(['everywhere'])).toThrow(TypeError);
});
