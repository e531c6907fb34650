import { expect } from 'vitest';
import type { Cluster } from '../cluster/find-cluster.ts';
import { backing, guichet, monitoring, namespace, observability } from '../deploy/release.ts';
import { undeploy } from '../deploy/undeploy.ts';
import { eventually } from './eventually.ts';
import { deployWhereNothingIs } from './installing.ts';
import { buys, isKept } from './keeping.ts';
import type { World } from './world.ts';

/** What may look into the namespace from another belongs to who looks. */
const notTheWatchers = `app.kubernetes.io/part-of!=${observability}`;

/** Everything in the namespace that somebody put there, by kind and name. */
async function contents({ tools }: Cluster): Promise<string[]> {
  const kinds = await tools.kubectl(
    ...['api-resources', '--namespaced', '--verbs=list,delete', '-o', 'name'],
  );
  const listed = kinds
    .split('\n')
    .filter((kind) => !/^(events|endpoints|pods\.metrics)/.test(kind));
  const names = await tools.kubectl(
    ...['get', listed.join(','), '-n', namespace, '-l', notTheWatchers, '-o', 'name'],
  );
  // What Kubernetes puts into every namespace.
  const given = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];
  return names.split('\n').filter((name) => name !== '' && !given.includes(name));
}

/** What holds data, and the Secrets that it was written with. */
async function uninstallLeavesOnlyData(cluster: Cluster): Promise<void> {
  for (const release of [guichet, backing]) {
    await cluster.tools.helm('uninstall', release, '-n', namespace, '--wait');
  }
  await eventually(async () => {
    const left = await contents(cluster);
    expect(left.filter((name) => !/^(persistentvolumeclaim|secret)\//.test(name))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining(['persistentvolumeclaim/data-guichet-postgres-0']));
    expect(left).toEqual(expect.arrayContaining(['secret/guichet-reservation']));
  });
}

/** What was sold before is there when the charts are installed anew. */
export async function outlivesItsReleases(world: World, tag: string): Promise<void> {
  const { cluster } = world;
  const kept = await buys(world);

  await uninstallLeavesOnlyData(cluster);
  await deployWhereNothingIs(cluster, tag);

  await isKept(world, kept);
}

type Volumes = { items: { spec: { claimRef?: { namespace: string } } }[] };

export async function undeployLeavesNothing(cluster: Cluster): Promise<void> {
  await undeploy(cluster);

  const { tools } = cluster;
  const { items } = await tools.get<Volumes>('persistentvolumes');
  for (const one of [namespace, monitoring]) {
    expect(await tools.kubectl('get', 'namespace', one, '--ignore-not-found')).toBe('');
    expect(items.filter(({ spec }) => spec.claimRef?.namespace === one)).toEqual([]);
  }
}
