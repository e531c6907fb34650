import { CannotRun } from '@guichet/cluster/cannot-run';
import { CannotUseStack } from '@guichet/local-stack/stack/stack-file';
import { CannotLoad } from '../buying/settings.ts';
import { readChoices } from './choices.ts';
import { loadHere } from './here.ts';
import { loadInCluster } from './in-cluster.ts';

const endings: Record<number, string> = {
  99: 'Not as promised: see the thresholds that are marked ✗.',
  107: 'The load test was ended by what is said above.',
};

/** `make load`: a scenario against what is started here, or deployed in the cluster. */
try {
  const choices = readChoices(process.env);
  const ended = await (choices.where === 'here' ? loadHere(choices) : loadInCluster(choices));
  if (ended !== 0) process.stderr.write(`\n${endings[ended] ?? `k6 ended with ${ended}.`}\n`);
  process.exitCode = ended;
} catch (error) {
  const isSentence = [CannotLoad, CannotRun, CannotUseStack].some((kind) => error instanceof kind);
  process.stderr.write(`\n${isSentence ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
