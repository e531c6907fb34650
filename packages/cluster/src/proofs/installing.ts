import { expect } from 'vitest';
import type { Cluster } from '../cluster/find-cluster.ts';
import { deploy } from '../deploy/deploy.ts';
import { installBacking } from '../deploy/install.ts';
import { backing, guichet, namespace } from '../deploy/release.ts';
import { refuseTooLarge } from '../footprint/footprint.ts';
import { renderKindProfile } from '../footprint/render-profile.ts';
import { componentsOf, type Requests, requestsOf } from '../footprint/requests.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import { eventually, installMs } from './eventually.ts';
import { podsThatStay, restartsOf } from './pods.ts';

const postgres = ['statefulset/guichet-postgres', '-n', namespace];

/**
 * The services are installed while their database is not there: they wait, say so and do not
 * restart, and the same `make deploy` ends well once it is.
 */
export async function waitsForItsDatabase(cluster: Cluster, tag: string): Promise<void> {
  const { tools } = cluster;
  await installBacking(cluster, tag);
  await awaitReady({ tools, namespace, timeoutMs: installMs, say: () => {} });
  await tools.kubectl('scale', ...postgres, '--replicas=0');
  await tools.kubectl('wait', 'pod/guichet-postgres-0', '-n', namespace, '--for=delete');

  const said: string[] = [];
  const options = { tag, backing: false, observe: false, drill: false, timeoutMs: installMs };
  const deploying = deploy(cluster, options, (line) => said.push(line));
  deploying.catch(() => {});
  await Promise.race([
    deploying,
    eventually(() =>
      expect(said).toContainEqual(
        expect.stringMatching(
          /waiting: pod\/guichet-reservation-\S+ runs, and is not ready.+PostgreSQL at guichet-postgres:5432/,
        ),
      ),
    ),
  ]);
  expect((await podsThatStay(tools)).filter((pod) => restartsOf(pod) > 0)).toEqual([]);

  await tools.kubectl('scale', ...postgres, '--replicas=1');
  await deploying;
}

/** What is proven alone, in a second run, finds a cluster from which all was taken. */
export async function deployWhereNothingIs(cluster: Cluster, tag: string): Promise<void> {
  const releases = await cluster.tools.helm('list', '-n', namespace, '-o', 'json');
  if (releases.includes(`"name":"${guichet}"`)) return;
  const options = { tag, backing: true, observe: false, drill: false, timeoutMs: installMs };
  await deploy(cluster, options, () => {});
}

/** Everything runs that should, and nothing had to be started twice. */
export async function runsWithoutARestart({ tools, pulls }: Cluster): Promise<void> {
  // An autoscaler that saw the work of starting may just have asked for one more.
  const pods = await eventually(async () => {
    const found = await podsThatStay(tools);
    expect(found.map(({ metadata, status }) => [metadata.name, status.phase])).toEqual(
      found.map(({ metadata }) => [metadata.name, 'Running']),
    );
    return found;
  });
  const names = pods.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/name']);

  expect(new Set(names)).toEqual(
    new Set(componentsOf(await renderKindProfile(tools, { pulls })).map(({ name }) => name)),
  );
  expect(pods.filter((pod) => restartsOf(pod) > 0)).toEqual([]);
}

/** The pods ask for what `make footprint` counts, and that is not too much. */
export async function fitsItsFootprint({ tools, pulls }: Cluster): Promise<void> {
  const components = componentsOf(await renderKindProfile(tools, { pulls }));
  refuseTooLarge(components);

  const asked = new Map<string, Requests>();
  for (const { metadata, spec } of await podsThatStay(tools)) {
    asked.set(metadata.labels?.['app.kubernetes.io/name'] ?? '', requestsOf(spec));
  }
  expect(Object.fromEntries(asked)).toEqual(
    Object.fromEntries(
      components.map(({ name, replicas, cpuMillis, memoryBytes }) => [
        name,
        { cpuMillis: cpuMillis / replicas, memoryBytes: memoryBytes / replicas },
      ]),
    ),
  );
}

export async function passesHelmTest({ tools }: Cluster): Promise<void> {
  for (const release of [backing, guichet]) {
    expect(await tools.helm('test', release, '-n', namespace)).toMatch(/Phase:\s+Succeeded/);
  }
}
