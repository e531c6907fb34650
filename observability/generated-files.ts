import { dashboardFiles } from './dashboards/dashboard-files.ts';
import { telemetryPage } from './page/telemetry-page.ts';
import { ruleFiles } from './rules/rule-files.ts';

/** Every file that follows from what stands here, by its path in the repository. */
export const generatedFiles = (): Record<string, string> => ({
  ...ruleFiles(),
  ...dashboardFiles(),
  'docs/telemetry.md': telemetryPage(),
});
