import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioName } from '../buying/plans.ts';

const loadTests = join(import.meta.dirname, '..');

export const scriptOf = (scenario: ScenarioName): string =>
  join(loadTests, 'scenarios', `${scenario}.ts`);

const filesIn = (folder: string) =>
  readdirSync(join(loadTests, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);

/** All that k6 reads, by its path in load-tests: it runs TypeScript as it is, so nothing is built. */
export const readScripts = (): Record<string, string> =>
  Object.fromEntries(
    ['objectives.ts', ...filesIn('buying'), ...filesIn('scenarios')].map((path) => [
      path,
      readFileSync(join(loadTests, path), 'utf8'),
    ]),
  );
