import { objectiveGroups } from '../objectives/objective-rules.ts';
import { drill, everyDay } from './pace.ts';
import { ruleFile } from './rule-file.ts';

const files = 'charts/guichet-observability/files';

const prometheusFiles = (folder: string, pace: typeof everyDay) => ({
  [`${files}/prometheus/${folder}/objectives.yaml`]: ruleFile('objectives', objectiveGroups(pace)),
});

/** What Prometheus loads: on a game day the second folder instead of the first. */
export const ruleFiles = (): Record<string, string> => ({
  ...prometheusFiles('rules', everyDay),
  ...prometheusFiles('drill-rules', drill),
});
