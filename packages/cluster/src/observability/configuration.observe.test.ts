import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { collectorProgram, writeFiles } from './programs.ts';
import { filesOf, render, set, tools, valuesOf } from './rendered.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const profiles: [string, string[]][] = [
  ['default', []],
  ['kind', valuesOf('kind')],
  ['drill', [...valuesOf('kind'), ...set('drill=true')]],
  ['EKS', valuesOf('eks')],
  [
    'another production',
    set(
      'prometheus.externalLabels.cluster=one,jaeger.storage=memory',
      'alertmanager.existingSecret=keys,alertmanager.receivers.slack.enabled=true',
      'alertmanager.receivers.email.enabled=true,alertmanager.receivers.email.to=on-call@example.org',
      'alertmanager.receivers.email.from=alerts@example.org',
      'alertmanager.receivers.email.smarthost=mail.example.org:587',
      'alertmanager.webhook=http://hook.example',
    ),
  ],
];

/** The files of a part, written where its program may look for what else they name. */
async function written(args: string[], part: string): Promise<Record<string, string>> {
  const objects = await render(args);
  const rules = filesOf(objects, 'guichet-prometheus-rules');
  writeFiles(folder, {
    'account/token': 'token',
    ...Object.fromEntries(Object.entries(rules).map(([name, text]) => [`rules/${name}`, text])),
  });
  const files = Object.entries(filesOf(objects, `guichet-${part}`)).map(([name, text]) => [
    name,
    text
      .replaceAll('/etc/prometheus/rules', join(folder, 'rules'))
      .replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', join(folder, 'account'))
      .replaceAll('/var/lib/otelcol', folder),
  ]);
  return writeFiles(folder, Object.fromEntries(files));
}

describe.each(profiles)('with the values of %s', (_name, args) => {
  test('promtool understands Prometheus’ file, and its rules', async () => {
    const { 'prometheus.yaml': file = '' } = await written(args, 'prometheus');
    expect(await tools.run('promtool', ['check', 'config', file])).toContain('SUCCESS');
  });

  test('amtool understands Alertmanager’s', async () => {
    const { 'alertmanager.yaml': file = '' } = await written(args, 'alertmanager');
    expect(await tools.run('amtool', ['check-config', file])).toContain('SUCCESS');
  });

  test('Loki and Jaeger understand theirs', async () => {
    const { 'loki.yaml': loki } = await written(args, 'loki');
    const { 'jaeger.yaml': jaeger = '' } = await written(args, 'jaeger');
    await tools.run('loki', [`-config.file=${loki}`, '-verify-config']);
    expect(await tools.run('jaeger', ['validate', '--config', jaeger])).toBe('');
  });

  test('the collector understands what it does on nodes, and in the middle', async () => {
    const { 'agent.yaml': agent = '' } = await written(args, 'collector-agent');
    const { 'gateway.yaml': gateway = '' } = await written(args, 'collector');
    const program = await collectorProgram();
    expect(await tools.run(program, ['validate', '--config', agent])).toBe('');
    expect(await tools.run(program, ['validate', '--config', gateway])).toBe('');
  });
});
