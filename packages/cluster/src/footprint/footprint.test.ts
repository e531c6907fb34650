import { expect, test } from 'vitest';
import { footprintTable, refuseTooLarge } from './footprint.ts';

const components = [
  { name: 'gateway', replicas: 2, cpuMillis: 100, memoryBytes: 256 * 2 ** 20 },
  { name: 'postgres', replicas: 1, cpuMillis: 1_100, memoryBytes: 192 * 2 ** 20 },
];

test('shows every component, their sum and what is allowed', () => {
  const lines = footprintTable(components).split('\n');

  expect(lines).toContain('gateway                    2    100m   256Mi');
  expect(lines.at(-2)).toMatch(/^requested in all +1200m +448Mi$/);
  expect(lines.at(-1)).toMatch(/^at most +1200m +3072Mi$/);
});

test('refuses what is a millicore or a mebibyte above', () => {
  const one = { name: 'one', replicas: 1, cpuMillis: 0, memoryBytes: 0 };

  expect(() => refuseTooLarge(components)).not.toThrow();
  expect(() => refuseTooLarge([...components, { ...one, cpuMillis: 1 }])).toThrow('requests 1201m');
  expect(() => refuseTooLarge([{ ...one, memoryBytes: 3_073 * 2 ** 20 }])).toThrow('3073Mi');
});
