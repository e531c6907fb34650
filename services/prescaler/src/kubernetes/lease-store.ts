import { statusOf } from '@guichet/kubernetes-discovery/reason';
import {
  CoordinationV1Api,
  type KubeConfig,
  type V1Lease,
  V1MicroTime,
} from '@kubernetes/client-node';
import type { Held, LeaseStore } from '../leader/elector.ts';
import { within } from './within.ts';

const heldOf = ({ metadata, spec }: V1Lease): Held => ({
  holder: spec?.holderIdentity ?? '',
  version: metadata?.resourceVersion ?? '',
});

/** Undefined for the statuses that are an answer here; everything else is thrown. */
async function unless<T>(statuses: readonly number[], asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) return undefined;
    throw error;
  }
}

/** The lease of a release's prescaler, as Kubernetes keeps it; the chart makes it, and removes it. */
export function createLeaseStore({
  cluster,
  namespace,
  name,
  leaseMs,
}: {
  cluster: KubeConfig;
  namespace: string;
  name: string;
  leaseMs: number;
}): LeaseStore {
  const api = cluster.makeApiClient(CoordinationV1Api);
  const changeOf = (holder: string, resourceVersion: string) => ({
    metadata: { resourceVersion },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.ceil(leaseMs / 1_000),
      renewTime: new V1MicroTime(),
    },
  });

  const change = (holder: string, { version }: Held) =>
    unless(
      [409],
      api.patchNamespacedLease(
        { namespace, name, body: changeOf(holder, version) },
        within('merge'),
      ),
    );

  return {
    read: async () => heldOf(await api.readNamespacedLease({ namespace, name }, within())),
    async take(identity, from) {
      const lease = await change(identity, from);
      return lease && heldOf(lease);
    },
    async release(from) {
      await change('', from);
    },
  };
}
