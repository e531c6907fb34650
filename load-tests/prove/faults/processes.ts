import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Replica } from '../../replica.ts';
import type { Seeded } from '../../seeded.ts';
import type { House } from '../house.ts';
import { failpointNames } from './failpoint-names.ts';
import type { Fault } from './fault.ts';

/** Longer than any step is away while hundreds buy. */
const patienceMs = 60_000;

const oneOf = ({ replicas }: House, seed: Seeded): Replica => seed.oneOf(replicas);

/** Ends whichever replica is the first to come to a step; it is started again when it has ended. */
async function dieAt({ replicas, failpoints }: House, name: string): Promise<void> {
  const file = join(failpoints, name);
  writeFileSync(file, '');
  const ended = replicas.map((replica) => replica.ended().then(() => replica));
  const late = sleep(patienceMs, undefined, { ref: false });
  const killed = await Promise.race([...ended, late]);
  rmSync(file, { force: true });
  if (!killed) throw new Error(`Nobody came to ${name} within ${patienceMs / 1_000} s.`);
  await killed.start();
}

const killAtSteps = (): Fault[] =>
  failpointNames().map((name) => ({
    name: `SIGKILL at ${name}`,
    happen: (house) => dieAt(house, name),
  }));

const killAnywhere: Fault = {
  name: 'SIGKILL anywhere',
  async happen(house, seed) {
    const killed = oneOf(house, seed);
    await sleep(seed.between(0, 500));
    await killed.kill();
    await killed.start();
  },
};

const standStill: Fault = {
  name: 'SIGSTOP for 5 s',
  async happen(house, seed) {
    const stopped = oneOf(house, seed);
    stopped.signal('SIGSTOP');
    await sleep(5_000);
    stopped.signal('SIGCONT');
  },
};

export const processFaults = (): Fault[] => [...killAtSteps(), killAnywhere, standStill];
