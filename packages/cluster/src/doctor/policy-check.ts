import { type Check, ok, unknown } from './finding.ts';

/** Those that enforce NetworkPolicies, by what their pods are called. */
const enforcers: Record<string, string> = {
  'calico-node': 'Calico',
  'cilium-': 'Cilium',
  'antrea-agent': 'Antrea',
  'kube-router': 'kube-router',
  'ovnkube-node': 'OVN-Kubernetes',
  kindnet: 'kindnet',
  'weave-net': 'Weave Net',
};

type Pods = { items: { metadata: { name: string }; spec: { containers: { name: string }[] } }[] };

/**
 * No API says whether policies are enforced. Whoever is known to do it is looked for; on EKS that
 * is a container of aws-node, which is there only where it was asked for.
 */
export const networkPolicies: Check = async (tools) => {
  const { items } = await tools.get<Pods>('pods', '--all-namespaces');
  const found = Object.entries(enforcers).find(([prefix]) =>
    items.some(({ metadata }) => metadata.name.startsWith(prefix)),
  );
  if (found) return ok(`network policies are enforced by ${found[1]}`);
  const onEks = items.some(({ spec }) =>
    spec.containers.some(({ name }) => name === 'aws-eks-nodeagent'),
  );
  if (onEks) return ok('network policies are enforced by the VPC CNI’s agent');
  return unknown(
    'nobody is known here to enforce network policies',
    'without one they are only written down; `make e2e` tries it; on EKS set enableNetworkPolicy of the VPC CNI',
  );
};
