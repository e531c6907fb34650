import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVerdict } from '../verdict.ts';
import { readChoices } from './choices.ts';
import { openHouse } from './house.ts';
import { pictureOf } from './picture.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';

const choices = readChoices(process.env);
const begunAt = performance.now();
const say = (line: string) => {
  const seconds = (performance.now() - begunAt) / 1_000;
  process.stdout.write(`${seconds.toFixed(0).padStart(5)} s  ${line}\n`);
};
const verdict = createVerdict(say);

/** More figures than four say more than was measured. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;

/** Of a whole rehearsal in which everything held. */
function keep(rehearsed: Rehearsed): void {
  const folder = join(import.meta.dirname, '../results');
  writeFileSync(join(folder, 'on-sale.json'), `${JSON.stringify(rehearsed, rounded, 2)}\n`);
  writeFileSync(join(folder, 'on-sale.svg'), pictureOf(rehearsed));
}

/** Ctrl-C: what was started is in process groups of its own, and would go on without us. */
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
  throw new Error('It was interrupted.');
});
interrupted.catch(() => {});

say(`SEED=${choices.seed}: ${choices.people} people, ${choices.places} places`);
const house = await openHouse();
try {
  await verdict.passes('it came to its end', async () => {
    const rehearsed = await Promise.race([rehearse({ house, choices, verdict, say }), interrupted]);
    if (!choices.isShort && verdict.counts().failed === 0) keep(rehearsed);
  });
} finally {
  await house.end();
}
const { passed, failed } = verdict.counts();
say(`SEED=${choices.seed}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
