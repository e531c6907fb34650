import { expect, test } from 'vitest';
import { createStaticDiscovery } from './static-discovery.ts';

test('a service has the addresses written for it, and an unknown one has none', () => {
  const discovery = createStaticDiscovery('identity=http://a:1, catalog=http://b:1|http://c:1');

  expect(discovery.addresses('identity').map(String)).toEqual(['http://a:1/']);
  expect(discovery.addresses('catalog').map(String)).toEqual(['http://b:1/', 'http://c:1/']);
  expect(discovery.addresses('payment')).toEqual([]);
});

test.each(['identity', 'identity=', '=http://a:1', 'identity=not an address'])(
  'names the entry that cannot be read: %s',
  (entry) => {
    expect(() => createStaticDiscovery(`catalog=http://b:1,${entry}`)).toThrow(`"${entry}"`);
  },
);
