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

/** The lease of a release's prescaler, as Kubernetes keeps it. */
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
  const bodyOf = (holder: string, version?: string): V1Lease => ({
    metadata: { name, namespace, ...(version === undefined ? {} : { resourceVersion: version }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.ceil(leaseMs / 1_000),
      renewTime: new V1MicroTime(),
    },
  });

  return {
    async read() {
      const lease = await unless([404], api.readNamespacedLease({ namespace, name }, within()));
      return lease && heldOf(lease);
    },
    async take(identity, from) {
      const body = bodyOf(identity, from?.version);
      const lease = await unless(
        [404, 409],
        from
          ? api.replaceNamespacedLease({ namespace, name, body }, within())
          : api.createNamespacedLease({ namespace, body }, within()),
      );
      return lease && heldOf(lease);
    },
    async release({ version }) {
      const body = bodyOf('', version);
      await unless([404, 409], api.replaceNamespacedLease({ namespace, name, body }, within()));
    },
  };
}
