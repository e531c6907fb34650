import * as units from '@grafana/grafana-foundation-sdk/units';
import { z } from 'zod';
import { sources } from './sources.ts';

/*
 * What Grafana asks of a dashboard (schema version 42), as far as ours have it, and nothing besides:
 * a key that is not here is a key that Grafana would ignore, or ours by mistake. After
 * `dashboard.jsonschema.json`, `stat`, `timeseries`, `table`, `logs`, `prometheus` and `loki` beside
 * it in the folder `jsonschema` of github.com/grafana/grafana-foundation-sdk (main of 16 June 2026).
 */
const datasource = z.union(
  Object.values(sources).map(({ type, uid }) =>
    z.strictObject({ type: z.literal(type), uid: z.literal(uid) }),
  ),
);
const sentence = z.string().regex(/^\S.*[^\s]$/s);
const columns = 24;
const gridPos = z
  .strictObject({
    x: z.int().min(0),
    y: z.int().min(0),
    w: z.int().min(1).max(columns),
    h: z.int().min(1),
  })
  .refine(({ x, w }) => x + w <= columns, 'it hangs over the edge');

const link = z.strictObject({
  title: sentence,
  type: z.enum(['link', 'dashboards']),
  icon: z.string(),
  tooltip: z.string(),
  url: z.string().startsWith('/').optional(),
  tags: z.array(z.string()),
  asDropdown: z.boolean(),
  placement: z.literal('inControlsMenu').optional(),
  targetBlank: z.boolean(),
  includeVars: z.boolean(),
  keepTime: z.boolean(),
});

const refId = z.string().regex(/^[A-Z]$/);
const target = z.union([
  z.strictObject({
    refId,
    expr: z.string().min(1),
    legendFormat: z.string(),
    range: z.boolean(),
    instant: z.boolean(),
    exemplar: z.boolean(),
    format: z.literal('table').optional(),
    datasource,
  }),
  z.strictObject({
    refId,
    expr: z.string().min(1),
    legendFormat: z.string(),
    queryType: z.enum(['range', 'instant']),
    datasource,
  }),
]);

const colours = z.enum(['green', 'orange', 'red']);
const thresholds = z.strictObject({
  mode: z.literal('absolute'),
  steps: z
    .array(z.strictObject({ value: z.number().nullable(), color: colours }))
    .min(2)
    .refine(([first]) => first?.value === null, 'the first colour has no beginning')
    .refine(
      (steps) =>
        steps.every(({ value }, nth) => nth < 2 || (value ?? 0) >= (steps[nth - 1]?.value ?? 0)),
      'they do not ascend',
    ),
});

const transformation = z.strictObject({
  id: z.literal('organize'),
  options: z.strictObject({
    excludeByName: z.record(z.string(), z.boolean()),
    renameByName: z.record(z.string(), z.string()),
  }),
});

const panel = z.strictObject({
  id: z.int(),
  type: z.enum(['stat', 'timeseries', 'table', 'logs']),
  title: sentence,
  description: z.string().regex(/\S\n\nWrong: \S/),
  transparent: z.boolean(),
  repeatDirection: z.literal('h'),
  datasource,
  gridPos,
  options: z.record(z.string(), z.unknown()),
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      unit: z.enum(Object.values(units) as [string, ...string[]]),
      decimals: z.int().optional(),
      min: z.number().optional(),
      links: z.array(link),
      thresholds: thresholds.optional(),
      custom: z.record(z.string(), z.unknown()).optional(),
    }),
    overrides: z.tuple([]),
  }),
  transformations: z.array(transformation).optional(),
  targets: z
    .array(target)
    .min(1)
    .refine((all) => new Set(all.map(({ refId }) => refId)).size === all.length, 'refId twice'),
});

const row = z.strictObject({
  id: z.int(),
  type: z.literal('row'),
  title: sentence,
  collapsed: z.literal(false),
  panels: z.tuple([]),
  gridPos,
});

const option = z.strictObject({ text: z.string(), value: z.string(), selected: z.boolean() });
const variable = z.strictObject({
  type: z.enum(['query', 'textbox']),
  name: z.string().regex(/^\w+$/),
  label: sentence,
  skipUrlSync: z.boolean(),
  hide: z.int().optional(),
  query: z.string(),
  datasource: datasource.optional(),
  current: option.optional(),
  multi: z.boolean().optional(),
  allowCustomValue: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  allValue: z.string().optional(),
  refresh: z.int().min(0).max(2).optional(),
  sort: z.int().min(0).max(8).optional(),
  // Of intervals, which none of ours is; the SDK writes them all the same.
  auto: z.literal(false),
  auto_min: z.string(),
  auto_count: z.int(),
});

type At = z.infer<typeof gridPos>;
const overlap = (a: At, b: At) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const panels = z
  .array(z.union([row, panel]))
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice')
  .refine(
    (all) =>
      !all.some((one, nth) =>
        all.slice(nth + 1).some((other) => overlap(one.gridPos, other.gridPos)),
      ),
    'panels lie on each other',
  );

/** A dashboard as it is in a file. */
export const grafanaDashboard = z.strictObject({
  uid: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  title: z.string().startsWith('Guichet: '),
  description: sentence,
  tags: z.tuple([z.literal('guichet')]),
  schemaVersion: z.literal(42),
  editable: z.literal(false),
  timezone: z.literal('browser'),
  graphTooltip: z.literal(1),
  fiscalYearStartMonth: z.literal(0),
  refresh: z.string().regex(/^\d+[sm]$/),
  time: z.strictObject({ from: z.string().regex(/^now-\d+[hd]$/), to: z.literal('now') }),
  templating: z.strictObject({ list: z.array(variable) }),
  annotations: z.strictObject({}),
  links: z.array(link).min(1),
  panels,
});
