import { join } from 'node:path';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';
import { createTools, type Tools } from '../tools.ts';
import { kitEnvironment, kitFolder } from './kit.ts';
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
  await steadyFrontDoor(createTools({ ...process.env, ...(await kitEnvironment(kit)) }));
}

/**
 * The only pod of the front door is not put out of service when it answers a probe late, as it does
 * on a node whose two cores start a dozen pods at once.
 */
async function steadyFrontDoor({ kubectl }: Tools): Promise<void> {
  const traefik = ['deployment/traefik', '-n', 'kube-system'];
  const container = {
    name: 'traefik',
    readinessProbe: { timeoutSeconds: 5, failureThreshold: 10 },
    resources: { requests: { cpu: '100m' } },
  };
  const patch = { spec: { template: { spec: { containers: [container] } } } };
  await kubectl('patch', ...traefik, '-p', JSON.stringify(patch));
  await kubectl('rollout', 'status', ...traefik, '--timeout=120s');
}

/** Ends the cluster and forgets what was in it; a kit’s own programs stay where `keep` says so. */
export async function stopCluster({ keep }: { keep: boolean }): Promise<void> {
  const kit = kitFolder();
  await (kit ? runKit(kit, 'down', ...(keep ? [] : ['--wipe'])) : stopKind());
}
