import { setTimeout as sleep } from 'node:timers/promises';
import { seedDemo } from '@guichet/local-stack/demo/seed-demo';
import { CannotRun } from '../cannot-run.ts';
import type { Cluster } from '../cluster/find-cluster.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import { standInSecrets, writeClusterFile } from './cluster-file.ts';
import { install } from './install.ts';
import { type DeployOptions, frontDoor, monitoring, namespace } from './release.ts';

/** The route is programmed a moment after the pods are ready. */
async function awaitFrontDoor(): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const answer = await fetch(`${frontDoor}/api/health`, { signal: AbortSignal.timeout(5_000) })
      .then(({ status }) => `answers ${status}`)
      .catch((error: Error) => `does not answer (${error.cause ?? error.message})`);
    if (answer === 'answers 200') return;
    if (performance.now() > deadline) {
      throw new CannotRun(
        `The pods are ready, but the front door at ${frontDoor} ${answer}: \`make doctor\` says whether a gateway serves it.`,
      );
    }
    await sleep(500);
  }
}

type Pods = { items: { metadata: { deletionTimestamp?: string } }[] };

/** Those that go still handle what they have begun, and tell nobody of it. */
async function awaitGone({ tools }: Cluster, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const { items } = await tools.get<Pods>('pods', '-n', namespace);
    if (items.every(({ metadata }) => !metadata.deletionTimestamp)) return;
    if (performance.now() > deadline) {
      throw new CannotRun('Pods of the release before do not end: `kubectl -n guichet get pods`.');
    }
    await sleep(1_000);
  }
}

/** Installs the charts, waits until everything is ready, and fills an empty Guichet with the demo. */
export async function deploy(
  cluster: Cluster,
  options: DeployOptions,
  say: (line: string) => void,
): Promise<void> {
  await install(cluster, options, say);
  say('Installed; waiting until everything is ready.');
  for (const one of options.observe ? [monitoring, namespace] : [namespace]) {
    await awaitReady({
      tools: cluster.tools,
      namespace: one,
      timeoutMs: options.timeoutMs,
      say,
    });
  }
  if (options.observe) await awaitGone(cluster, options.timeoutMs);
  await awaitFrontDoor();
  const secrets = await standInSecrets(cluster.tools);
  await seedDemo({ gatewayUrl: frontDoor, secrets });
  writeClusterFile(secrets);
}
