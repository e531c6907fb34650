import { expect, test } from 'vitest';
import { readChoices, refuseElsewhere } from './choices.ts';
import { faults } from './faults.ts';

test('a fault is chosen by its name, and what happens is written down where asked', () => {
  const { fault, transcript } = readChoices({ FAULT: ' mail-refused ', TRANSCRIPT: 'docs/a.md' });

  expect(fault.alert).toBe('GuichetMailProviderRefusing');
  expect(transcript).toBe('docs/a.md');
  expect(readChoices({ FAULT: 'provider-down' }).transcript).toBeUndefined();
});

test('without a fault, and with one that there is not, all are listed', () => {
  expect(() => readChoices({})).toThrow(/^Which\? Say FAULT=…, one of:\n {2}provider-down/);
  expect(() => readChoices({ FAULT: 'xyz' })).toThrow(/^FAULT=xyz is no fault. There are:\n/);
  for (const { name } of faults) expect(() => readChoices({})).toThrow(name);
});

test('what needs a cluster is refused on one machine, in a sentence', () => {
  const { fault } = readChoices({ FAULT: 'rabbitmq-down' });

  expect(() => refuseElsewhere(fault, 'machine')).toThrow('is done on a cluster only');
  expect(() => refuseElsewhere(fault, 'cluster')).not.toThrow();
});

test('there are ten, each with a name and an alert of its own', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(10);
  expect(new Set(faults.map(({ alert }) => alert)).size).toBe(10);
});
