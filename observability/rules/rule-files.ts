import { areaNames, groupsOf } from '../alerts/alerts.ts';
import { logGroups } from '../alerts/logs.ts';
import { runbookIndex } from '../alerts/runbook-index.ts';
import { objectiveGroups } from '../objectives/objective-rules.ts';
import { drill, everyDay, type Pace } from './pace.ts';
import { type RuleGroup, ruleFile } from './rule-file.ts';

const files = 'charts/guichet-observability/files';

type RuleFile = {
  readonly name: string;
  readonly source: string;
  readonly groups: readonly RuleGroup[];
};

export const groupsOfPrometheus = (pace: Pace): readonly RuleFile[] => [
  { name: 'objectives', source: 'objectives', groups: objectiveGroups(pace) },
  ...areaNames.map((area) => ({
    name: area,
    source: `alerts/${area}.ts`,
    groups: groupsOf(area, pace),
  })),
];

const prometheusFiles = (folder: string, pace: Pace): Record<string, string> =>
  Object.fromEntries(
    groupsOfPrometheus(pace).map(({ name, source, groups }) => [
      `${files}/prometheus/${folder}/${name}.yaml`,
      ruleFile(source, groups),
    ]),
  );

/**
 * What Prometheus loads, on a game day the second folder instead of the first; what Loki’s ruler
 * does; and the list of the pages that they lead to.
 */
export const ruleFiles = (): Record<string, string> => ({
  ...prometheusFiles('rules', everyDay),
  ...prometheusFiles('drill-rules', drill),
  [`${files}/loki/rules/logs.yaml`]: ruleFile('alerts/logs.ts', logGroups),
  'docs/runbooks/README.md': runbookIndex(),
});
