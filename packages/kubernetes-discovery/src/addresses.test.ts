import {
  type EndpointSlice,
  endpointSlice,
  gone,
  leaving,
  notReady,
  ready,
} from '@guichet/testing/kubernetes/endpoint-slice';
import { expect, test } from 'vitest';
import { addressesOf, type PortChoice } from './addresses.ts';

function found(slices: EndpointSlice[], prefix = '', port: PortChoice = { name: 'http' }) {
  const services = addressesOf(slices, { prefix, port });
  return Object.fromEntries([...services].map(([name, urls]) => [name, urls.map(String)]));
}
const at = (address: string, conditions?: EndpointSlice['endpoints'][number]['conditions']) => ({
  addresses: [address],
  ...(conditions ? { conditions } : {}),
});

test('only what is ready, serves and stays has an address; what is not said counts as ready', () => {
  const endpoints = [
    at('10.0.0.1', ready),
    at('10.0.0.2', notReady),
    at('10.0.0.3', leaving),
    at('10.0.0.4', gone),
    at('10.0.0.5'),
    at('10.0.0.6', { ready: true, serving: false }),
    // A Service that publishes addresses before they are ready says so of leaving ones too.
    at('10.0.0.7', { ready: true, serving: true, terminating: true }),
  ];

  expect(found([endpointSlice('catalog', endpoints)])).toEqual({
    catalog: ['http://10.0.0.1:8080/', 'http://10.0.0.5:8080/'],
  });
});

test('the last of a service is asked while it goes, as long as it serves', () => {
  const slice = endpointSlice('catalog', [at('10.0.0.3', leaving), at('10.0.0.4', gone)]);

  expect(found([slice])).toEqual({ catalog: ['http://10.0.0.3:8080/'] });
});

test('all slices of a service count, and what is in two of them counts once', () => {
  const pod = { kind: 'Pod', name: 'catalog-x', uid: 'one' };
  const slices = [
    endpointSlice('catalog', [{ ...at('fd00::1', ready), targetRef: pod }], {
      name: 'catalog-v6',
      addressType: 'IPv6',
    }),
    endpointSlice('catalog', [{ ...at('10.0.0.1', ready), targetRef: pod }], { name: 'catalog-a' }),
    endpointSlice('catalog', [at('10.0.0.2', ready), at('10.0.0.1', ready)], { name: 'catalog-b' }),
    endpointSlice('catalog', [at('10.0.0.2', ready)], { name: 'catalog-c' }),
  ];

  expect(new Set(found(slices).catalog)).toEqual(
    new Set(['http://10.0.0.1:8080/', 'http://10.0.0.2:8080/']),
  );
});

test('two ports at one address are two endpoints', () => {
  const slices = [8080, 8081].map((port) =>
    endpointSlice('catalog', [at('10.0.0.1', ready)], {
      name: `catalog-${port}`,
      ports: [{ name: 'http', port }],
    }),
  );

  expect(found(slices)).toEqual({ catalog: ['http://10.0.0.1:8080/', 'http://10.0.0.1:8081/'] });
});

test('an IPv6 address stands in brackets', () => {
  const slice = endpointSlice('catalog', [at('fd00::1', ready)], { addressType: 'IPv6' });

  expect(found([slice])).toEqual({ catalog: ['http://[fd00::1]:8080/'] });
});

test('the port is the one of that name, wherever it stands', () => {
  const ports = [
    { name: 'management', port: 9080 },
    { name: 'http', port: 8081 },
  ];
  const slice = endpointSlice('catalog', [at('10.0.0.1', ready)], { ports });

  expect(found([slice])).toEqual({ catalog: ['http://10.0.0.1:8081/'] });
  expect(found([slice], '', { name: 'management' })).toEqual({
    catalog: ['http://10.0.0.1:9080/'],
  });
});

test('without a port of that name the agreed one is taken, or there is no address', () => {
  const slice = endpointSlice('catalog', [at('10.0.0.1', ready)], {
    ports: [{ name: 'grpc', port: 1 }],
  });

  expect(found([slice], '', { name: 'management', otherwise: 9080 })).toEqual({
    catalog: ['http://10.0.0.1:9080/'],
  });
  expect(found([slice])).toEqual({});
});

test('the prefix goes from the names that have it, and other names are not of this release', () => {
  const slices = ['blue-catalog', 'green-catalog', 'blue-'].map((service) =>
    endpointSlice(service, [at('10.0.0.1', ready)]),
  );

  expect(Object.keys(found(slices, 'blue-'))).toEqual(['catalog']);
});
