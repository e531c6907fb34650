import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineCatalogue, type Service } from './service.ts';

const door: Service<'door'> = {
  summary: 'The door',
  settings: z.object({}),
  calls: [],
  stores: [],
  door: true,
  resources: { cpuMillis: 100, memoryMi: 128, memoryLimitMi: 256 },
  scaling: { min: 1, max: 2, cpuPercent: 60 },
  objectives: { availablePercent: 99.9, latencyMs: 250 },
};
const withDoor = (changes: Partial<Service<'door'>>) => () =>
  defineCatalogue({ door: { ...door, ...changes } });

test.each<[string, Partial<Service<'door'>>]>([
  ['door stores postgres, but has no setting databaseUrl', { stores: ['postgres'] }],
  ['does not name mongo among its stores', { settings: z.object({ mongoUrl: z.string() }) }],
  ['must call identity', { settings: z.object({ jwksUrl: z.url() }) }],
  ['door calls itself', { calls: ['door'] }],
  ['door scales from 3 to 2', { scaling: { min: 3, max: 2, cpuPercent: 60 } }],
  [
    'door requests more memory than its limit',
    { resources: { cpuMillis: 1, memoryMi: 512, memoryLimitMi: 256 } },
  ],
  ['promises never to fail', { objectives: { availablePercent: 100, latencyMs: 1 } }],
])('a catalogue is refused: %s', (sentence, changes) => {
  expect(withDoor(changes)).toThrow(sentence);
});

test('every fault is said at once', () => {
  expect(withDoor({ stores: ['postgres'], calls: ['door'] })).toThrow(/databaseUrl[\s\S]*itself/);
});

test('the front door leads to exactly one service', () => {
  expect(() => defineCatalogue({ door, other: door })).toThrow('not to 2 (door, other)');
});

test('a call to a service that is not there does not compile', () => {
  // @ts-expect-error 'nobody' is no service of this catalogue
  const calls: Service<'door'>['calls'] = ['nobody'];
  expect(calls).toHaveLength(1);
});
