import { rmSync } from 'node:fs';
import type { Cluster } from '../cluster/find-cluster.ts';
import { clusterFile } from './cluster-file.ts';
import { backing, guichet, namespace } from './release.ts';

type Volumes = {
  items: { metadata: { name: string }; spec: { claimRef?: { namespace: string } } }[];
};

/** The volumes that claims of the namespace have, or had. */
const ownVolumes = async ({ tools }: Cluster): Promise<string[]> => {
  const { items } = await tools.get<Volumes>('persistentvolumes');
  return items
    .filter(({ spec }) => spec.claimRef?.namespace === namespace)
    .map(({ metadata }) => metadata.name);
};

/** Removes everything: releases, namespace, passwords and data. */
export async function undeploy(cluster: Cluster): Promise<void> {
  const { tools } = cluster;
  const volumes = await ownVolumes(cluster);
  for (const release of [guichet, backing]) {
    await tools.helm('uninstall', release, '-n', namespace, '--ignore-not-found', '--wait');
  }
  await tools.kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--timeout=180s');
  // A class that retains its volumes would keep them, with every booking and address in them.
  for (const volume of volumes) {
    await tools.kubectl('delete', 'pv', volume, '--ignore-not-found', '--timeout=120s');
  }
  rmSync(clusterFile, { force: true });
}
