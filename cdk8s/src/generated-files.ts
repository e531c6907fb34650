import { loadTestGolden } from './load-test-golden.ts';
import { objectivesModule } from './objectives.ts';
import { golden, profiles } from './profiles.ts';
import { skaffoldYaml } from './skaffold.ts';
import { valuesFiles } from './values/values-files.ts';

/** Every file that follows from the catalogue, by its path in the repository. */
export const generatedFiles = (): Record<string, string> => ({
  ...valuesFiles(),
  'skaffold.yaml': skaffoldYaml(),
  'load-tests/objectives.ts': objectivesModule(),
  'charts/golden/load-test.yaml': loadTestGolden(),
  ...Object.fromEntries(
    profiles.map((profile) => [`charts/golden/${profile}.yaml`, golden(profile)]),
  ),
});
