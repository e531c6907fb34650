import { publicOperations } from '@guichet/contracts/operations';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, test } from 'vitest';
import { ratioWindows } from './burn-windows.ts';
import { objectives } from './objectives.ts';

/** What a selector says of a label, as Prometheus takes it: the whole value, or none of it. */
function takes(selector: string, label: string, value: string): boolean {
  const matchers = [...selector.matchAll(/(\w+)(=~|!~|=|!=)"((?:[^"\\]|\\.)*)"/g)];
  return matchers
    .filter(([, name]) => name === label)
    .every(([, , operator = '', pattern = '']) => {
      const isSame = operator.includes('~')
        ? new RegExp(`^(?:${pattern})$`).test(value)
        : pattern === value;
      return operator.startsWith('!') ? !isSame : isSame;
    });
}
const routesOf = (name: string, method: string) => {
  const selector = objectives.find((objective) => objective.name === name)?.counted ?? '';
  return publicOperations
    .filter((operation) => operation.method === method.toLowerCase())
    .filter(({ path }) => takes(selector, 'route', path) && takes(selector, 'method', method))
    .map(({ path }) => path);
};

test('every path that can be looked at is a read, and nothing that is done is one', () => {
  const looks = publicOperations.filter(({ method }) => method === 'get').map(({ path }) => path);

  expect(routesOf('reads-availability', 'GET')).toEqual(looks);
  expect(routesOf('reads-availability', 'POST')).toEqual([]);
  expect(routesOf('reads-latency', 'GET')).toContain('/api/availability');
});

test('placing and paying are what a buyer presses', () => {
  expect(routesOf('placing-availability', 'POST')).toEqual(['/api/bookings']);
  expect(routesOf('paying-latency', 'POST')).toEqual(['/api/payments']);
  expect(routesOf('joining-availability', 'POST')).toEqual([
    '/api/waiting-rooms/{id}/turns',
    '/api/waiting-rooms/{id}/admissions',
  ]);
});

test('every threshold of latency is a boundary of the histogram, or it would be a guess', async () => {
  const metrics = createMetrics({ service: 'test' });
  metrics.httpDuration.observe({ method: 'GET', route: '/', status: '200' }, 0.1);
  const text = await metrics.registry.metrics();
  const ofRequests = objectives.filter(({ name }) => name.endsWith('-latency'));

  expect(ofRequests).toHaveLength(4);
  for (const { errors } of ofRequests) {
    const [, exact, whole] = /le="([\d.]+)"|le=~"(\d+)\(/.exec(errors('5m')) ?? [];
    expect(text).toContain(`le="${exact ?? whole}"`);
  }
});

test('every objective is one that can be missed, and measured over each window', () => {
  for (const { target, events, errors } of objectives) {
    expect(target).toBeGreaterThan(0.9);
    expect(target).toBeLessThan(1);
    for (const window of ratioWindows) {
      expect(events(window)).toContain(`[${window}]`);
      expect(errors(window)).toContain(`[${window}]`);
    }
  }
});
