import { expect, test } from 'vitest';
import { lineTokenKeys } from '../waiting-room-test.ts';
import { addressIn, createNetworks } from './networks.ts';

const networks = createNetworks(lineTokenKeys);
const labelOf = (address: string) => networks.of(address).blockLabel;
const deviceOf = (address: string) => networks.of(address).addressHash.toString('hex');

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['nonsense', 'unknown'],
])('%s is of the block %s', (address, label) => {
  expect(labelOf(address)).toBe(label);
});

test('of IPv4 each address is one, of IPv6 each house', () => {
  expect(deviceOf('203.0.113.1')).not.toBe(deviceOf('203.0.113.2'));
  expect(deviceOf('2001:db8::1')).toBe(deviceOf('2001:db8::2'));
  expect(deviceOf('2001:db8:0:1::1')).not.toBe(deviceOf('2001:db8:0:2::1'));
});

test('an address cannot be found again without the key', () => {
  const others = createNetworks(new Map([[1, Buffer.alloc(32, 8)]]));

  expect(others.of('203.0.113.1').addressHash).not.toEqual(networks.of('203.0.113.1').addressHash);
});

test('the gateway says where a request comes from', () => {
  expect(addressIn({ 'x-forwarded-for': '203.0.113.1, 10.0.0.1' })).toBe('203.0.113.1');
  expect(addressIn({})).toBe('');
});
