import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChoices } from './choices.ts';
import { type Cycle, runCycle } from './cycle.ts';
import { allFaults } from './faults/all-faults.ts';
import { checkHistory, type History } from './history/check-history.ts';
import { doctorings } from './history/doctor.ts';
import { openHouse, openWorld } from './house.ts';
import { followModel } from './model/follow-model.ts';
import { observe } from './observer.ts';
import { oversell } from './overselling.ts';
import { seeded } from './seeded.ts';
import { tableOf } from './table.ts';
import { createVerdict } from './verdict.ts';

const { minutes, seed, buyers, modelRuns } = readChoices(process.env);
const begunAt = performance.now();
const seconds = () => (performance.now() - begunAt) / 1_000;
const say = (line: string) =>
  process.stdout.write(`${seconds().toFixed(0).padStart(5)} s  ${line}\n`);
const repository = join(import.meta.dirname, '../..');

/** What controls and the end of a run take; the rest of the time is for faults. */
const restSeconds = 45;

function keep(history: History): string {
  const folder = join(repository, '.guichet/prove');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `history-${seed}.json`);
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
  writeFileSync(file, `${JSON.stringify(history, plain)}\n`);
  return file;
}

const verdict = createVerdict(say);
say(`SEED=${seed}: ${buyers} buyers, ${minutes} minutes`);
const world = await openWorld();
try {
  say('the stack runs; the model and the house do the same');
  await verdict.passes('the house follows the model', () => followModel(world, seed, modelRuns));

  const house = await openHouse(world);
  try {
    await observe(house.pool);
    say('two replicas of reservation sell; things begin to go wrong');
    const chance = seeded(seed);
    const cycles: Cycle[] = [];
    for (let longest = 0; seconds() + longest + restSeconds < minutes * 60 || longest === 0; ) {
      const from = seconds();
      const faults = allFaults();
      const cycle = await runCycle({ house, faults, buyers, seed: chance.branch(), say });
      cycles.push(cycle);
      verdict.holds(`round ${cycles.length} is right`, cycle.wrong);
      if (cycle.wrong.length > 0) say(`its history is kept in ${keep(cycle.history)}`);
      longest = Math.max(longest, seconds() - from);
    }

    const [first] = cycles;
    for (const [name, doctor] of Object.entries(doctorings)) {
      const { operations, journals } = (first as Cycle).history;
      const isSeen = checkHistory({ operations: doctor(operations), journals }).length > 0;
      verdict.holds(`a history with ${name} is not believed`, isSeen ? [] : ['it was believed']);
    }
    say('the guard is taken away; now it has to be seen that places are sold twice');
    const seen = await oversell(house, buyers, chance.branch());
    verdict.holds('without the guard the books show it', seen.books ? [] : ['they do not']);
    verdict.holds('without the guard the checker sees it', seen.checker ? [] : ['it does not']);

    process.stdout.write(`\n${tableOf(cycles.flatMap(({ lines }) => lines))}\n\n`);
  } finally {
    await house.end();
  }
} finally {
  await world.end();
}
const { passed, failed } = verdict.counts();
say(`SEED=${seed}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
