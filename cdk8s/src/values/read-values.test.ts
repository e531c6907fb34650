import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { objectsOf } from '../guichet-chart.ts';
import { readValues } from './read-values.ts';

const fileOf = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'values.yaml');
  writeFileSync(file, text);
  return file;
};
const read = (text: string) => () => readValues([fileOf(text)]);
const install = (text: string) => () =>
  objectsOf({ name: 'guichet', namespace: 'guichet', values: read(text)() });

test('files are laid over each other as Helm does: maps are merged, lists replaced', () => {
  const first = fileOf('services: {gateway: {replicas: 7}}\ntopology: {keys: [a, b]}');
  const second = fileOf('services: {gateway: {podAnnotations: {a: b}}}\ntopology: {keys: [c]}');

  const { services, topology } = readValues([first, second]);

  expect(services.gateway).toMatchObject({ replicas: 7, podAnnotations: { a: 'b' } });
  expect(topology.keys).toEqual(['c']);
});

test.each([
  [
    'a value that is not there',
    'services: {gateway: {replica: 2}}',
    /replica[\s\S]*services\.gateway/,
  ],
  ['a service that is not there', 'services: {cinema: {}}', /cinema/],
  ['a wrong type', 'drain: {preStopSeconds: soon}', /drain\.preStopSeconds/],
  ['a setting of another service', 'services: {gateway: {settings: {HOLD_MS: 1}}}', /HOLD_MS/],
  [
    'a secret among the settings',
    'services: {gateway: {settings: {MESSAGES_URL: a}}}',
    /MESSAGES_URL/,
  ],
  [
    'a setting below its minimum',
    'services: {reservation: {settings: {DATABASE_CONNECTIONS: 0}}}',
    /DATABASE_CONNECTIONS/,
  ],
  ['an exposure that is not there', 'exposure: {type: magic}', /exposure\.type/],
  ['what is not YAML', 'a: [', /is not YAML/],
])('%s is refused by its name', (_, text, named) => {
  expect(read(text)).toThrow(named);
});

test('a file that is not there is named', () => {
  expect(() => readValues(['nowhere.yaml'])).toThrow('nowhere.yaml');
});

test.each([
  ['exposure: {type: gateway, gateway: {name: a}}', 'exposure.host is empty'],
  ['exposure: {type: ingress}', 'exposure.host is empty'],
  ['exposure: {type: gateway, host: a.b}', 'exposure.gateway.name is empty'],
  [
    'exposure: {type: gateway, host: a.b, gateway: {name: a, className: b, namespace: c}}',
    'leave out one of the two',
  ],
  ['drain: {preStopSeconds: 20, graceSeconds: 25}', 'drain.graceSeconds (25)'],
  ['services: {catalog: {autoscaling: {min: 9}}}', 'services.catalog.autoscaling.min (9)'],
  [
    'services: {catalog: {autoscaling: {enabled: false, keda: {enabled: true}}}}',
    'services.catalog.autoscaling.keda.enabled',
  ],
  ['networkPolicy: {dns: []}', 'networkPolicy.dns is empty'],
])('%s is refused with what to do', (text, sentence) => {
  expect(install(text)).toThrow(sentence);
});
