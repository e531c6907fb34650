import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '@guichet/local-stack/e2e/world';
import { type Seeded, seeded } from '../seeded.ts';
import type { Verdict } from '../verdict.ts';
import type { Choices } from './choices.ts';
import { type Cycle, runCycle } from './cycle.ts';
import { allFaults } from './faults/all-faults.ts';
import { checkHistory, type History } from './history/check-history.ts';
import { doctorings } from './history/doctor.ts';
import { type House, openHouse } from './house.ts';
import { followModel } from './model/follow-model.ts';
import { observe } from './observer.ts';
import { oversell } from './overselling.ts';
import { tableOf } from './table.ts';

/** What controls and the end of a run take; the rest of the time is for faults. */
const restSeconds = 45;

/**
 * How far the second replica's clock is off. A request's deadline is an instant that is passed on
 * from service to service: further ahead than that a replica refuses whatever it is asked, further
 * behind it is refused by whomever it asks, and neither proves anything.
 */
const clocksMs = [-3_000, 3_000];

type Proof = {
  world: World;
  choices: Choices;
  verdict: Verdict;
  say: (line: string) => void;
  /** Since the program began. */
  seconds: () => number;
};

function keep(history: History, name: string): string {
  const folder = join(import.meta.dirname, '../../.guichet/prove');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  const plain = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);
  writeFileSync(file, `${JSON.stringify(history, plain)}\n`);
  return file;
}

/** All faults once, and again while there is time for it. */
async function goRound(house: House, chance: Seeded, proof: Proof): Promise<Cycle[]> {
  const { choices, verdict, say, seconds } = proof;
  const cycles: Cycle[] = [];
  let longest = 0;
  do {
    const from = seconds();
    const [faults, seed] = [allFaults(), chance.branch()];
    const cycle = await runCycle({ house, faults, buyers: choices.buyers, seed, say });
    cycles.push(cycle);
    const name = `round ${cycles.length}`;
    verdict.holds(`${name} is right: ${cycle.history.operations.length} operations`, cycle.wrong);
    if (cycle.wrong.length > 0) {
      say(`its history is in ${keep(cycle.history, `history-${choices.seed}-${cycles.length}`)}`);
    }
    longest = Math.max(longest, seconds() - from);
  } while (seconds() + longest + restSeconds < choices.minutes * 60);
  return cycles;
}

/** A real history, with one lie in it. */
function doubt({ operations, journals }: History, verdict: Verdict): void {
  for (const [name, doctor] of Object.entries(doctorings)) {
    const isSeen = checkHistory({ operations: doctor(operations), journals }).length > 0;
    verdict.holds(`a history with ${name} is not believed`, isSeen ? [] : ['it was believed']);
  }
}

/** Follows the model, goes through the faults, and shows that it would have seen what is wrong. */
export async function prove(proof: Proof): Promise<void> {
  const { world, choices, verdict, say } = proof;
  say('the stack runs; the model and the house do the same');
  await verdict.passes('the house follows the model', () =>
    followModel(world, choices.seed, choices.modelRuns),
  );

  const chance = seeded(choices.seed);
  const clockMs = chance.oneOf(clocksMs);
  const house = await openHouse(world, clockMs);
  try {
    await observe(house.pool);
    say(`two replicas sell, one with a clock ${clockMs / 1_000} s off; things begin to go wrong`);
    const cycles = await goRound(house, chance, proof);
    for (const { history } of cycles.slice(0, 1)) doubt(history, verdict);

    say('the guard is taken away; now it has to be seen that places are sold twice');
    const seen = await oversell(house, choices.buyers, chance.branch());
    verdict.holds('without the guard the books show it', seen.books ? [] : ['they do not']);
    verdict.holds('without the guard the checker sees it', seen.checker ? [] : ['it does not']);
    process.stdout.write(`\n${tableOf(cycles.flatMap(({ lines }) => lines))}\n\n`);
  } finally {
    await house.end();
  }
}
