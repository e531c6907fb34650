import { expect, test } from 'vitest';
import { cores, full, scaled } from '../../services/prescaler/src/capacity/figures.ts';
import { catalogue } from '../catalogue.ts';

test.each(scaled)('the prescaler counts with what the catalogue gives %s', (name) => {
  const { resources, scaling } = catalogue[name];

  expect(cores[name] * 1_000).toBe(resources.cpuMillis);
  expect(full[name] * 100).toBe(scaling.cpuPercent);
});
