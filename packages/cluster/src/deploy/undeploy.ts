import { rmSync } from 'node:fs';
import type { Cluster } from '../cluster/find-cluster.ts';
import { clusterFile } from './cluster-file.ts';
import { isOurs } from './install-observability.ts';
import { backing, guichet, monitoring, namespace, observability } from './release.ts';

type Volumes = {
  items: { metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
};

/** The volumes that claims of a namespace have, or had. */
const volumesOf = async ({ tools }: Cluster, namespace: string): Promise<string[]> => {
  const { items } = await tools.get<Volumes>('persistentvolumes');
  return items
    .filter(({ spec }) => spec.claimRef?.namespace === namespace)
    .map(({ metadata }) => metadata.name);
};

/** Removes releases, their namespace, and what they have kept. */
async function remove(
  cluster: Cluster,
  namespace: string,
  releases: readonly string[],
): Promise<void> {
  const { tools } = cluster;
  const volumes = await volumesOf(cluster, namespace);
  for (const release of releases) {
    await tools.helm('uninstall', release, '-n', namespace, '--ignore-not-found', '--wait');
  }
  await tools.kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--timeout=180s');
  // A class that retains its volumes would keep them, with every booking and address in them.
  for (const volume of volumes) {
    await tools.kubectl('delete', 'pv', volume, '--ignore-not-found', '--timeout=120s');
  }
}

/** Removes everything: releases, namespaces, passwords and data. */
export async function undeploy(cluster: Cluster): Promise<void> {
  if (await isOurs(cluster)) await remove(cluster, monitoring, [observability]);
  await remove(cluster, namespace, [guichet, backing]);
  rmSync(clusterFile, { force: true });
}
