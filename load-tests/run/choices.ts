import { type ScenarioName, scenarioNames, settingsOf } from '../buying/plans.ts';
import { CannotLoad, type LoadSettings } from '../buying/settings.ts';

export type Choices = {
  readonly scenario: ScenarioName;
  readonly where: 'here' | 'cluster';
  readonly settings: LoadSettings;
};

/** What k6's scripts are told of them. */
export const asEnvironment = ({ rate, seconds, capacity, buyers }: LoadSettings) => ({
  RATE: String(rate),
  DURATION: `${seconds}s`,
  CAPACITY: String(capacity),
  BUYERS: String(buyers),
});

const isScenario = (name: string): name is ScenarioName =>
  (scenarioNames as string[]).includes(name);

/** What `make load` was told: SCENARIO, WHERE, RATE, DURATION, CAPACITY, BUYERS. */
export function readChoices(env: NodeJS.ProcessEnv): Choices {
  const scenario = env.SCENARIO ?? '';
  if (!isScenario(scenario)) {
    const known = scenarioNames.join(', ');
    throw new CannotLoad(
      scenario
        ? `SCENARIO=${scenario} is no load test; they are ${known}.`
        : `Say which: make load SCENARIO=flash-sale. There are ${known}.`,
    );
  }
  const where = env.WHERE || 'here';
  if (where !== 'here' && where !== 'cluster') {
    throw new CannotLoad(
      `WHERE=${where} is nowhere: \`here\` loads what \`make start\` started, \`cluster\` what \`make deploy\` deployed.`,
    );
  }
  return { scenario, where, settings: settingsOf(scenario, env) };
}
