import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, serviceNames } from '@guichet/cdk8s/catalogue';
import { settingsOf } from '@guichet/cdk8s/src/service';
import { describe, expect, test } from 'vitest';
import { everyDay } from '../rules/pace.ts';
import { alertingRule, runbookBase, runbookOf } from './alert.ts';
import { alerts } from './alerts.ts';

const folder = join(import.meta.dirname, '../../docs/runbooks');
const pages = readdirSync(folder).filter((name) => name !== 'README.md');
const read = (page: string) => readFileSync(join(folder, page), 'utf8');

const headings = [
  '## What it means for buyers',
  '## How to see it',
  '## What to do',
  '## How to know that it is over',
];
const linesOfOurs = /^## .*$/gm;
const settings = new Set(
  serviceNames.flatMap((name) => settingsOf(catalogue[name]).map((setting) => setting.name)),
);

test('every alert leads to a runbook that is there', () => {
  const missing = alerts
    .map((alert) => alertingRule(alert, everyDay).annotations.runbook_url ?? '')
    .filter((url) => !existsSync(join(folder, url.replace(`${runbookBase}/`, ''))));

  expect(missing).toEqual([]);
});

test('every runbook is led to by an alert', () => {
  const ledTo = new Set(alerts.map((alert) => `${runbookOf(alert)}.md`));

  expect(pages.filter((page) => !ledTo.has(page))).toEqual([]);
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('has the four parts, and something in each', () => {
    expect(text.match(linesOfOurs)).toEqual(headings);
    const parts = text.split(linesOfOurs).slice(1);
    expect(parts.filter((part) => part.trim().length < 30)).toEqual([]);
    expect(text.split('\n').length).toBeLessThanOrEqual(36);
  });

  test('names settings and pages that exist', () => {
    const named = [...text.matchAll(/`([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\b/g)].map(([, name]) => name);
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);

    expect(named.filter((name) => !settings.has(name ?? ''))).toEqual([]);
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });
});
