import { serviceNames } from '@guichet/cdk8s/catalogue';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';
import { whyNoCluster } from '../cluster/can-have-cluster.ts';
import { bringObservabilityImages, kitFolder, kitPrograms } from '../cluster/kit.ts';
import { startCluster } from '../cluster/start-cluster.ts';
import { inRepository } from '../repository.ts';
import { runProgram, say } from '../run-program.ts';

const tag = process.env.TAG || 'dev';
const banner = '='.repeat(80);

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

/** The load tests last: their k6 is the kit’s, or that of whoever has kind. */
const projects = ['charts', 'observe', 'cluster', 'load'].flatMap((name) => ['--project', name]);

function testArguments(): string[] {
  const results = '--outputFile.json=.guichet/e2e-results.json';
  const reporters = process.env.CI ? ['--reporter=dot', '--reporter=json', results] : [];
  return ['run', ...projects, ...reporters];
}

/** `make e2e`: a clean cluster, images, and everything that is promised of them. KEEP=1 takes the cluster that is there. */
await runProgram(async () => {
  const why = await whyNoCluster();
  if (why) {
    say(`${banner}\nNOTHING WAS PROVEN ON A CLUSTER: ${why}.\n${banner}`);
    return;
  }
  const kit = kitFolder();
  if (process.env.KEEP !== '1') await step('cluster', () => startCluster({ clean: true }));
  await buildAndLoad();
  const found = kit ? await kitPrograms(kit) : {};
  await step('proofs', () => run('vitest', testArguments(), { ...found, TAG: tag }));
});
