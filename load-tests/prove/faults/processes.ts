import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { House } from '../house.ts';
import type { Replica } from '../replica.ts';
import type { Seeded } from '../seeded.ts';
import { failpointNames } from './failpoint-names.ts';
import type { Fault } from './fault.ts';

const failpoints = fileURLToPath(import.meta.resolve('@guichet/testing/failpoints'));
const shiftedClock = fileURLToPath(import.meta.resolve('../shifted-clock.ts'));

/** One of the two, and the one that goes on selling. */
const choose = ({ replicas: [one, other] }: House, seed: Seeded): [Replica, Replica] =>
  seed.chance(50) ? [one, other] : [other, one];

const within = (ms: number, what: Promise<unknown>): Promise<boolean> =>
  Promise.race([what.then(() => true), sleep(ms, false, { ref: false })]);

/**
 * Starts a replica that will end itself at a step, the first to the third time that it comes there.
 * The relay of facts is only ever at one replica, so the other may have to die for it to move here.
 */
async function dieAt(house: House, seed: Seeded, name: string): Promise<void> {
  const [armed, other] = choose(house, seed);
  await armed.kill();
  const ready = armed
    .start({
      NODE_OPTIONS: `--import ${failpoints}`,
      GUICHET_FAILPOINT: `${name}:${seed.between(1, 3)}`,
    })
    // It may come to that step before it is ready.
    .catch(() => {});
  await ready;
  if (!(await within(6_000, armed.ended()))) {
    await other.kill();
    await other.start();
    if (!(await within(30_000, armed.ended()))) throw new Error(`Nobody came to ${name}.`);
  }
  await armed.start();
}

const killAtSteps = (): Fault[] =>
  failpointNames().map((name) => ({
    name: `SIGKILL at ${name}`,
    happen: (house, seed) => dieAt(house, seed, name),
  }));

const killAnywhere: Fault = {
  name: 'SIGKILL anywhere',
  async happen(house, seed) {
    const [killed] = choose(house, seed);
    await sleep(seed.between(0, 500));
    await killed.kill();
    await killed.start();
  },
};

const standStill: Fault = {
  name: 'SIGSTOP for 5 s',
  async happen(house, seed) {
    const [stopped] = choose(house, seed);
    stopped.signal('SIGSTOP');
    await sleep(5_000);
    stopped.signal('SIGCONT');
  },
};

const otherClock: Fault = {
  name: 'a clock 90 s off',
  async happen(house, seed) {
    const [shifted] = choose(house, seed);
    await shifted.stop();
    await shifted.start({
      NODE_OPTIONS: `--import ${shiftedClock}`,
      PROVE_CLOCK_SHIFT_MS: String(seed.oneOf([-90_000, 90_000])),
    });
    await sleep(4_000);
    await shifted.stop();
    await shifted.start();
  },
};

export const processFaults = (): Fault[] => [
  ...killAtSteps(),
  killAnywhere,
  standStill,
  otherClock,
];
