import { once } from 'node:events';
import { createVerdict } from '../verdict.ts';
import { readChoices } from './choices.ts';
import { openHouse } from './house.ts';
import { rehearse } from './rehearse.ts';

const choices = readChoices(process.env);
const begunAt = performance.now();
const say = (line: string) => {
  const seconds = (performance.now() - begunAt) / 1_000;
  process.stdout.write(`${seconds.toFixed(0).padStart(5)} s  ${line}\n`);
};
const verdict = createVerdict(say);

/** Ctrl-C: what was started is in process groups of its own, and would go on without us. */
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
  throw new Error('It was interrupted.');
});
interrupted.catch(() => {});

say(`SEED=${choices.seed}: ${choices.people} people, ${choices.places} places`);
const house = await openHouse();
try {
  await verdict.passes('it came to its end', () =>
    Promise.race([rehearse({ house, choices, verdict, say }), interrupted]),
  );
} finally {
  await house.end();
}
const { passed, failed } = verdict.counts();
say(`SEED=${choices.seed}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
