import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { serviceNames } from '../catalogue.ts';
import { objectsOf } from './guichet-chart.ts';
import { filesOf, objectsOfProfile, profiles } from './profiles.ts';
import { readValues } from './values/read-values.ts';

const run = promisify(execFile);
const chart = join(import.meta.dirname, '../../charts/guichet');

type Manifest = {
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
};

/** Where Helm is not installed this fails: a test that did not run must not look like one that passed. */
const helm = async (...args: string[]) =>
  (await run('helm', args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
const template = (...args: string[]) =>
  helm('template', 'guichet', chart, '--namespace', 'guichet', ...args);

const manifestsIn = (rendered: string): Manifest[] =>
  parseAllDocuments(rendered)
    .map((document) => document.toJS() as Manifest | null)
    .filter((object) => object !== null);

const refusalOf = (...args: string[]) =>
  template(...args).then(
    () => 'rendered',
    ({ stderr }: { stderr: string }) => stderr,
  );

/** Less what only Helm has: its label, and the pods of `helm test`. */
function comparable(objects: readonly Manifest[]): Record<string, unknown> {
  const byName: Record<string, unknown> = {};
  for (const object of objects) {
    if (object.metadata.annotations?.['helm.sh/hook']) continue;
    const { 'helm.sh/chart': _, ...labels } = object.metadata.labels;
    const key = `${object.kind} ${object.metadata.name}`;
    expect(byName, key).not.toHaveProperty([key]);
    byName[key] = { ...object, metadata: { ...object.metadata, labels } };
  }
  return byName;
}

describe.each(profiles)('with the values of %s', (profile) => {
  const files = filesOf(profile).flatMap((file) => ['-f', file]);

  test('helm and cdk8s make the same objects', async () => {
    const rendered = await template(...files);

    expect(comparable(manifestsIn(rendered))).toEqual(
      comparable(objectsOfProfile(profile) as unknown as Manifest[]),
    );
  });

  test('helm lint has nothing to say', async () => {
    expect(await helm('lint', '--strict', chart, ...files)).toContain('0 chart(s) failed');
  });
});

test.each([
  ['an unknown value', ['--set', 'services.gateway.replica=2'], /replica/],
  ['a wrong type', ['--set', 'drain.preStopSeconds=soon'], /preStopSeconds/],
  ['an exposure without a host', ['--set', 'exposure.type=ingress'], /exposure\.host is empty/],
  [
    'a route without a Gateway',
    ['--set', 'exposure.type=gateway,exposure.host=a.b'],
    /exposure\.gateway\.name is empty/,
  ],
  [
    'an autoscaler with its minimum above its maximum',
    ['--set', 'services.catalog.autoscaling.min=9'],
    /services\.catalog\.autoscaling\.min \(9\) is above its max \(6\)/,
  ],
  [
    'a grace period that the drain uses up',
    ['--set', 'drain.preStopSeconds=60'],
    /drain\.graceSeconds \(60\)/,
  ],
  [
    'KEDA without autoscaling',
    [
      '--set',
      'services.catalog.autoscaling.enabled=false,services.catalog.autoscaling.keda.enabled=true',
    ],
    /keda\.enabled/,
  ],
  [
    'nobody to ask for names',
    ['--set-json', 'networkPolicy.dns=[]'],
    /networkPolicy\.dns is empty/,
  ],
  [
    'two Gateways at once',
    [
      '--set',
      'exposure.type=gateway,exposure.host=a,exposure.gateway.name=a,exposure.gateway.className=b,exposure.gateway.namespace=c',
    ],
    /leave out one of the two/,
  ],
])('helm refuses %s with a sentence', async (_, args, sentence) => {
  expect(await refusalOf(...args)).toMatch(sentence);
});

test('the chart may be a part of another one', async () => {
  expect(await template('--set', 'global.imageRegistry=a')).toContain('kind: Deployment');
});

test('with everything on that no profile has, helm and cdk8s make the same objects', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'values.yaml');
  const autoscaling = { keda: { enabled: true, triggers: [{ type: 'cron', metadata: {} }] } };
  const everything = {
    headroom: { replicas: 2, cpu: '1' },
    keda: { prometheusUrl: 'http://prometheus.monitoring:9090' },
    services: Object.fromEntries(serviceNames.map((name) => [name, { autoscaling }])),
    telemetry: { serviceMonitor: { enabled: true, labels: { release: 'a' } } },
  };
  writeFileSync(file, stringify(everything));
  const made = objectsOf({ name: 'guichet', namespace: 'guichet', values: readValues([file]) });
  const kinds = new Set(made.map(({ kind }) => kind));

  expect([...kinds]).toEqual(
    expect.arrayContaining(['PriorityClass', 'ScaledObject', 'ServiceMonitor']),
  );
  expect(comparable(manifestsIn(await template('-f', file)))).toEqual(
    comparable(made as unknown as Manifest[]),
  );
});
