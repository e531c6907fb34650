import { k8s } from 'cdk8s-plus-27';
import { labelsOf, type Maker } from '../release.ts';

/** The label is what enforces `restricted`; Helm never removes the namespace with all that is in it. */
export const namespace: Maker = (chart, release) => {
  if (!release.values.namespace.create) return;
  new k8s.KubeNamespace(chart, 'namespace', {
    metadata: {
      name: release.namespace,
      labels: {
        ...labelsOf(release, 'namespace'),
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
  });
};
