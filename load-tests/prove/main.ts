import { once } from 'node:events';
import { createVerdict } from '../verdict.ts';
import { readChoices } from './choices.ts';
import { openWorld } from './house.ts';
import { prove } from './prove.ts';

const choices = readChoices(process.env);
const begunAt = performance.now();
const seconds = () => (performance.now() - begunAt) / 1_000;
const say = (line: string) =>
  process.stdout.write(`${seconds().toFixed(0).padStart(5)} s  ${line}\n`);
const verdict = createVerdict(say);

/** Ctrl-C: what was started is in process groups of its own, and would go on without us. */
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
  throw new Error('It was interrupted.');
});
interrupted.catch(() => {});

say(`SEED=${choices.seed}: ${choices.buyers} buyers, ${choices.minutes} minutes`);
const world = await openWorld();
try {
  await verdict.passes('it came to its end', () =>
    Promise.race([prove({ world, choices, verdict, say, seconds }), interrupted]),
  );
} finally {
  await world.end();
}
const { passed, failed } = verdict.counts();
say(`SEED=${choices.seed}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
// Buyers of a run that broke off would go on asking.
process.exit(failed > 0 ? 1 : 0);
