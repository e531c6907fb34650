import { areaNames, groupsOf } from '../alerts/alerts.ts';
import { logGroups } from '../alerts/logs.ts';
import { objectiveGroups } from '../objectives/objective-rules.ts';
import { drill, everyDay, type Pace } from './pace.ts';
import { ruleFile } from './rule-file.ts';

const files = 'charts/guichet-observability/files';

const prometheusFiles = (folder: string, pace: Pace): Record<string, string> => ({
  [`${files}/prometheus/${folder}/objectives.yaml`]: ruleFile('objectives/', objectiveGroups(pace)),
  ...Object.fromEntries(
    areaNames.map((area) => [
      `${files}/prometheus/${folder}/${area}.yaml`,
      ruleFile(`alerts/${area}.ts`, groupsOf(area, pace)),
    ]),
  ),
});

/** What Prometheus loads, on a game day the second folder instead of the first; and Loki's ruler. */
export const ruleFiles = (): Record<string, string> => ({
  ...prometheusFiles('rules', everyDay),
  ...prometheusFiles('drill-rules', drill),
  [`${files}/loki/rules/logs.yaml`]: ruleFile('alerts/logs.ts', logGroups),
});
