import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { copyChart } from './copy-chart.ts';
import { filesOf, ofKind, render, set, tools } from './rendered.ts';

const mebibyte = 2 ** 20;
const rule = (alert: string) =>
  `groups:\n  - name: more\n    rules:\n      - alert: ${alert}\n        expr: vector(1)\n        annotations: { summary: '{{ $value }} is {{ $labels.x }}' }\n`;
const more: Record<string, string> = {
  'prometheus/rules/more.yaml': rule('InEarnest'),
  'prometheus/drill-rules/more.yaml': rule('InADrill'),
  'loki/rules/more.yaml': rule('OfLines'),
  'grafana/dashboards/more.json': '{ "uid": "more", "title": "{{ service }}" }\n',
};
/** A rule file and a dashboard more than the chart has, so that each kind is there. */
const copy = copyChart(more);
afterAll(() => rmSync(copy, { recursive: true }));

const there = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(copy, 'files', folder)).map((name) => [
      name,
      readFileSync(join(copy, 'files', folder, name), 'utf8').trim(),
    ]),
  );
const trimmed = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.trim()]));

describe('every file of the chart is where its part reads it, as it was written', () => {
  test.each([
    ['rules of Prometheus', 'prometheus/rules', 'guichet-prometheus-rules', []],
    ['those of a drill', 'prometheus/drill-rules', 'guichet-prometheus-rules', set('drill=true')],
    ['rules of Loki', 'loki/rules', 'guichet-loki-rules', []],
  ])('%s', async (_what, folder, configMap, args) => {
    expect(trimmed(filesOf(await render(args, copy), configMap))).toEqual(there(folder));
  });

  test('dashboards, each in a ConfigMap of its own, and all of them in one folder', async () => {
    const objects = await render([], copy);
    const names = Object.keys(there('grafana/dashboards'));
    const maps = names.map((name) => `guichet-dashboard-${name.replace('.json', '')}`);
    const found = Object.assign({}, ...maps.map((map) => filesOf(objects, map)));
    expect(trimmed(found)).toEqual(there('grafana/dashboards'));

    const grafana = ofKind(objects, 'Deployment').find(
      ({ metadata }) => metadata.name === 'guichet-grafana',
    );
    expect(grafana?.spec.template.spec.volumes).toContainEqual({
      name: 'dashboards',
      projected: { sources: maps.map((name) => ({ configMap: { name } })) },
    });
  });

  test('an operator finds the same rules and dashboards', async () => {
    const objects = await render(
      set(
        'operator.enabled=true,prometheus.enabled=false,grafana.enabled=false',
        'operator.ruleLabels.release=mine',
      ),
      copy,
    );
    const rules = ofKind(objects, 'PrometheusRule');
    expect(Object.fromEntries(rules.map(({ metadata, spec }) => [metadata.name, spec]))).toEqual(
      Object.fromEntries(
        Object.entries(there('prometheus/rules')).map(([name, text]) => [
          `guichet-${name.replace('.yaml', '')}`,
          parse(text),
        ]),
      ),
    );
    for (const { metadata } of rules) expect(metadata.labels.release).toBe('mine');
    const dashboards = ofKind(objects, 'ConfigMap').filter(
      ({ metadata }) => metadata.labels.grafana_dashboard === '1',
    );
    expect(dashboards).toHaveLength(Object.keys(there('grafana/dashboards')).length);
  });
});

test('no ConfigMap is larger than the API server takes, nor the release than Helm can keep', async () => {
  const objects = await render([], copy);
  for (const map of ofKind(objects, 'ConfigMap')) {
    expect(JSON.stringify(map).length, map.metadata.name).toBeLessThan(mebibyte);
  }
  // Helm keeps chart and manifest in a Secret: JSON, compressed, in base64 twice.
  const files = readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
  const manifest = await tools.helm('template', 'guichet-observability', copy);
  const kept = gzipSync(Buffer.concat([...files, Buffer.from(manifest)])).length * (16 / 9);
  expect(kept).toBeLessThan(mebibyte);
});

test('a changed rule restarts who reads it, and nobody else', async () => {
  const checksums = async (args: string[]) =>
    Object.fromEntries(
      ofKind(await render(args, copy), 'StatefulSet').map(({ metadata, spec }) => [
        metadata.name,
        spec.template.metadata.annotations['checksum/files'],
      ]),
    );
  const before = await checksums([]);
  writeFileSync(join(copy, 'files/loki/rules/more.yaml'), rule('Another'));
  const after = await checksums([]);
  expect(after['guichet-loki']).not.toBe(before['guichet-loki']);
  expect({ ...after, 'guichet-loki': 0 }).toEqual({ ...before, 'guichet-loki': 0 });
});
