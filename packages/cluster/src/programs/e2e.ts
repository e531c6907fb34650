import { existsSync } from 'node:fs';
import { serviceNames } from '@guichet/cdk8s/catalogue';
import { type Again, whatFailed } from '@guichet/testing/results/results';
import { argumentsOf, readResults, writeBoth } from '@guichet/testing/results/results-file';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';
import { whyNoCluster } from '../cluster/can-have-cluster.ts';
import { bringObservabilityImages, kitFolder, kitPrograms } from '../cluster/kit.ts';
import { startCluster } from '../cluster/start-cluster.ts';
import { inRepository } from '../repository.ts';
import { runProgram, say } from '../run-program.ts';

const tag = process.env.TAG || 'dev';
const banner = '='.repeat(80);
const resultsFile = inRepository('.guichet/e2e-results.json');

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  say(`${name}: ${Math.round((performance.now() - began) / 1_000)} s`);
}

/** Other targets and the tests say themselves what is wrong with them. */
async function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const options = { cwd: inRepository(), stdio: 'inherit', reject: false, env } as const;
  const { failed } = await execa(program, args, options);
  if (failed) throw new CannotRun(`${program} ${args.join(' ')} failed; it has said why.`);
}

/** Every image, and the services’ under a second tag, which is what a rollout rolls to. */
async function buildAndLoad(): Promise<void> {
  const make = (...args: string[]) => run('make', ['--no-print-directory', ...args]);
  const next = [`TAG=${tag}-next`, `ONLY=${serviceNames.join(',')}`];
  await step('images', () => make('images', `TAG=${tag}`));
  if (kitFolder()) await step('backing images', () => make('backing-images'));
  await step('the same under another tag', () => make('images', ...next));
  await step('load images', async () => {
    await make('load-images', `TAG=${tag}`);
    await make('load-images', ...next);
    await bringObservabilityImages();
  });
}

/** The run before, where something of it is to be proven again; without one it is all of it. */
function runBefore() {
  if (process.env.AGAIN !== '1') return undefined;
  if (!existsSync(resultsFile)) {
    throw new CannotRun('Nothing was proven before that could be proven again: run `make e2e`.');
  }
  const results = readResults(resultsFile);
  const again = whatFailed(results, inRepository());
  return again.files.length > 0 ? { results, again } : undefined;
}

/** The load tests last: their k6 is the kit’s, or that of whoever has kind. */
const projects = ['charts', 'observe', 'cluster', 'load'].flatMap((name) => ['--project', name]);

function testArguments(again: Again): string[] {
  const results = `--outputFile.json=${resultsFile}`;
  const reporters = [
    `--reporter=${process.env.CI ? 'dot' : 'default'}`,
    '--reporter=json',
    results,
  ];
  return ['run', ...projects, ...reporters, ...argumentsOf(again)];
}

const allOfIt: Again = { files: [], pattern: undefined };

/**
 * `make e2e`: a clean cluster, images, and everything that is promised of them. KEEP=1 takes the
 * cluster that is there; AGAIN=1 proves what the run before has not.
 */
await runProgram(async () => {
  const why = await whyNoCluster();
  if (why) {
    say(`${banner}\nNOTHING WAS PROVEN ON A CLUSTER: ${why}.\n${banner}`);
    return;
  }
  const kit = kitFolder();
  const before = runBefore();
  const again = before?.again ?? allOfIt;
  const needsCluster = !before || again.files.some((file) => file.endsWith('.cluster.test.ts'));
  if (needsCluster) {
    if (process.env.KEEP !== '1') await step('cluster', () => startCluster({ clean: true }));
    await buildAndLoad();
  }
  const found = kit ? await kitPrograms(kit) : {};
  try {
    await step('proofs', () => run('vitest', testArguments(again), { ...found, TAG: tag }));
  } finally {
    if (before) writeBoth(resultsFile, before.results);
  }
  // What was to be proven again and was left out has failed still.
  const { files } = whatFailed(readResults(resultsFile), inRepository());
  if (files.length > 0) throw new CannotRun(`Not all of ${files.join(' ')} has been proven.`);
});
