import { existsSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { DiscoveryError } from './reason.ts';

/** Where Kubernetes puts a pod's service account, unless the pod says that it wants none. */
const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

function ownServiceAccount(): KubeConfig {
  if (!existsSync(tokenFile)) {
    throw new DiscoveryError(
      'DISCOVERY is kubernetes, but there is no service account here: give the pod one and automountServiceAccountToken: true, or, outside a cluster, set KUBECONFIG.',
    );
  }
  const cluster = new KubeConfig();
  cluster.loadFromCluster();
  return cluster;
}

function fromFile(path: string): KubeConfig {
  const cluster = new KubeConfig();
  try {
    cluster.loadFromFile(path);
  } catch (cause) {
    throw new DiscoveryError(`KUBECONFIG is ${path}, which is no kubeconfig that can be read.`, {
      cause,
    });
  }
  return cluster;
}

/** The cluster and the namespace to ask about: the pod's own, unless another is named. */
export function findCluster({
  kubeconfig,
  namespace,
}: {
  kubeconfig?: string | undefined;
  namespace?: string | undefined;
}): { cluster: KubeConfig; namespace: string; server: string } {
  const cluster = kubeconfig ? fromFile(kubeconfig) : ownServiceAccount();
  const server = cluster.getCurrentCluster()?.server;
  if (!server) {
    throw new DiscoveryError(`KUBECONFIG is ${kubeconfig}, whose current context is no cluster.`);
  }
  const own = cluster.getContextObject(cluster.getCurrentContext())?.namespace;
  return { cluster, namespace: namespace ?? own ?? 'default', server };
}
