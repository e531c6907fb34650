import { catalogue, serviceNames } from '@guichet/cdk8s/catalogue';
import { expect, test } from 'vitest';
import { objectivesOf } from './thresholds.ts';

test.each(serviceNames)('%s is held to its objectives in the catalogue', (service) => {
  const { availablePercent, latencyMs } = catalogue[service].objectives;
  const thresholds = objectivesOf(service);

  expect(thresholds[`http_req_duration{service:${service}}`]).toEqual([`p(99)<${latencyMs}`]);
  const [failing = ''] = thresholds[`http_req_failed{service:${service}}`] ?? [];
  expect(Number(failing.replace('rate<=', ''))).toBeCloseTo(1 - availablePercent / 100, 9);
});

test('a share of failures is written without the rest of a division', () => {
  expect(objectivesOf('reservation')['http_req_failed{service:reservation}']).toEqual([
    'rate<=0.0005',
  ]);
});

test('a part of a run is held to them by itself', () => {
  expect(Object.keys(objectivesOf('catalog', 'after'))).toEqual([
    'http_req_failed{service:catalog,scenario:after}',
    'http_req_duration{service:catalog,scenario:after}',
  ]);
});
