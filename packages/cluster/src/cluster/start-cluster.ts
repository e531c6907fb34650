import { join } from 'node:path';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';
import { kitFolder } from './kit.ts';
import { startKind, stopKind } from './start-kind.ts';

/** A kit’s programs speak for themselves, also when they fail. */
async function runKit(kit: string, program: string, ...args: string[]): Promise<void> {
  const { exitCode } = await execa(join(kit, program), args, {
    stdio: 'inherit',
    reject: false,
  });
  if (exitCode !== 0) throw new CannotRun(`${join(kit, program)} failed; it has said why.`);
}

/** Gives a cluster with a gateway, started where it is not; `clean` forgets the one that was there. */
export async function startCluster({ clean }: { clean: boolean }): Promise<void> {
  const kit = kitFolder();
  if (!kit) return startKind({ clean });
  if (clean) await runKit(kit, 'down', '--wipe');
  await runKit(kit, 'up');
  await runKit(kit, 'gateway');
}

/** Ends the cluster and forgets what was in it. */
export async function stopCluster(): Promise<void> {
  const kit = kitFolder();
  await (kit ? runKit(kit, 'down', '--wipe') : stopKind());
}
