import { execa } from 'execa';
import { expect } from 'vitest';
import type { Cluster } from '../cluster/find-cluster.ts';
import { deploy } from '../deploy/deploy.ts';
import { monitoring } from '../deploy/release.ts';
import type { Pod } from '../readiness/snapshot.ts';
import { inRepository } from '../repository.ts';
import { installMs } from './eventually.ts';
import { restartsOf } from './pods.ts';
import type { World } from './world.ts';

/** Two of the game days, by a pod that is killed and by a server; one by a stand-in needs no cluster. */
export const faults = ['reservation-killed', 'broker-disk-full'] as const;

/** Installed beside what runs, which is rolled once, to send its traces; each part is there, and began once. */
export async function isInstalled(cluster: Cluster, tag: string): Promise<void> {
  const options = { tag, backing: true, observe: true, drill: true, timeoutMs: installMs };
  await deploy(cluster, options, () => {});

  const { items } = await cluster.tools.get<{ items: Pod[] }>('pods', '-n', monitoring);
  const found = items.map((pod) => [
    pod.metadata.labels?.['app.kubernetes.io/name'],
    pod.status.phase,
    restartsOf(pod),
  ]);
  const parts = ['prometheus', 'alertmanager', 'loki', 'jaeger', 'collector', 'collector-agent'];
  for (const part of [...parts, 'kube-state-metrics']) {
    expect(found).toContainEqual([part, 'Running', 0]);
  }
}

async function make({ stackFile }: World, ...args: string[]): Promise<void> {
  const { exitCode, all } = await execa('make', ['--no-print-directory', ...args], {
    cwd: inRepository(),
    env: { GUICHET_STACK: stackFile },
    reject: false,
    all: true,
  });
  expect(exitCode, all).toBe(0);
}

export const passesVerify = (world: World): Promise<void> => make(world, 'verify');
export const passesGameDay = (world: World, fault: string): Promise<void> =>
  make(world, 'gameday', `FAULT=${fault}`);
