import { describe, expect, test } from 'vitest';
import { drill, everyDay } from '../rules/pace.ts';
import { holdRules, promtool, type Series } from '../rules/promtool-test.ts';
import { ruleFiles } from '../rules/rule-files.ts';
import { alerts, areaNames, areas, groupsOf } from './alerts.ts';
import type { Fault } from './fault-test.ts';
import { faultsOfSales } from './faults-of-sales-test.ts';
import { faultsOfServers } from './faults-of-servers-test.ts';
import { faultsOfServices } from './faults-of-services-test.ts';
import { healthy } from './healthy-test.ts';

const faults = [...faultsOfServices, ...faultsOfSales, ...faultsOfServers];
const at = '45m';
const isThere = (entry: [string, string | undefined]): entry is [string, string] =>
  entry[1] !== undefined;
const faulty = ({ series }: Fault): Series =>
  Object.fromEntries(Object.entries({ ...healthy, ...series }).filter(isThere));
const severityOf = (name: string) => alerts.find((alert) => alert.name === name)?.severity;

test('every rule file is one to promtool, every day and on a game day', () => {
  const files = Object.entries(ruleFiles())
    .filter(([path]) => path.includes('/prometheus/'))
    .map(([path, content]) => [path.replaceAll('/', '-'), content] as const);

  expect(files).toHaveLength(2 * (areaNames.length + 1));
  expect(
    promtool(
      ['check', 'rules', '--lint-fatal', ...files.map(([name]) => name)],
      Object.fromEntries(files),
    ),
  ).not.toContain('FAILED');
});

test.each(areaNames)('of %s nothing but the dead man’s switch fires where all is well', (area) => {
  const expr = 'count by (alertname) (ALERTS{alertname!="GuichetDeadMansSwitch"})';

  expect(holdRules(groupsOf(area, everyDay), { series: healthy, at, expr, samples: {} })).toContain(
    'SUCCESS',
  );
});

describe.each(faults)('$alert', (fault) => {
  test(`fires when ${fault.when}`, () => {
    const { alert, area, service } = fault;
    const labels = `{alertname="${alert}",service="${service}",severity="${severityOf(alert)}"}`;
    const expr = `count by (alertname, service, severity) (ALERTS{alertname="${alert}",alertstate="firing"})`;

    expect(
      holdRules(groupsOf(area, everyDay), {
        series: faulty(fault),
        at,
        expr,
        samples: { [labels]: 1 },
      }),
    ).toContain('SUCCESS');
  });
});

test('every alert has a fault that it fires at', () => {
  const named = new Set(faults.map(({ alert }) => alert));

  expect(
    Object.values(areas)
      .flat()
      .map(({ name }) => name)
      .filter((name) => !named.has(name)),
  ).toEqual([]);
});

test.each(areaNames)('%s has the same alerts on a game day', (area) => {
  const names = (pace: typeof drill) =>
    groupsOf(area, pace).flatMap(({ rules }) => rules.map((rule) => 'alert' in rule && rule.alert));

  expect(names(drill)).toEqual(names(everyDay));
});
