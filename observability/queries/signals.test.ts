import { catalogue, serviceNames } from '@guichet/cdk8s/catalogue';
import { expect, test } from 'vitest';
import { metrics } from '../contract.ts';
import { faultOf, metricsIn } from './read-query.ts';

const signals = serviceNames.flatMap((name) => catalogue[name].signals ?? []);

test('what services are scaled by is asked of metrics that they give', () => {
  expect(signals.length).toBeGreaterThan(3);
  for (const { query } of signals) {
    expect(faultOf('promql', query), query).toBeUndefined();
    for (const name of metricsIn(query)) expect(metrics, query).toHaveProperty(name);
    const [, service] = /service="([^"]+)"/.exec(query) ?? [];
    const [metric = ''] = metricsIn(query);
    if (service) expect(metrics[metric]?.by, query).toContain(service);
  }
});
