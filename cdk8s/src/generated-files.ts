import { golden, profiles } from './profiles.ts';
import { skaffoldYaml } from './skaffold.ts';
import { valuesFiles } from './values/values-files.ts';

/** Every file that follows from the catalogue, by its path in the repository. */
export const generatedFiles = (): Record<string, string> => ({
  ...valuesFiles(),
  'skaffold.yaml': skaffoldYaml(),
  ...Object.fromEntries(
    profiles.map((profile) => [`charts/golden/${profile}.yaml`, golden(profile)]),
  ),
});
