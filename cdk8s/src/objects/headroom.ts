import { k8s } from 'cdk8s-plus-27';
import { type Maker, metadataOf, objectName, selectorOf } from '../release.ts';
import { runAsUser } from '../service.ts';

const component = 'headroom';
const { Quantity } = k8s;

/**
 * Pods that do nothing and are worth less than any other: a pod of a sale takes the place of one at
 * once, and the cluster’s autoscaler brings a node for the one that lost it.
 */
export const headroom: Maker = (chart, release) => {
  const { replicas, cpu, memory, image, priority } = release.values.headroom;
  if (replicas === 0) return;
  // Not in a namespace, so that its name has to say which.
  const priorityClassName = `${release.namespace}-${objectName(release, component)}`;
  const { labels } = metadataOf(release, component);
  new k8s.KubePriorityClass(chart, `${component}-priority`, {
    metadata: { name: priorityClassName, labels },
    value: priority,
    preemptionPolicy: 'Never',
    description: 'Keeps room on nodes for Guichet’s own pods, which take its place.',
  });
  const room = { cpu: Quantity.fromString(cpu), memory: Quantity.fromString(memory) };
  new k8s.KubeDeployment(chart, component, {
    metadata: metadataOf(release, component),
    spec: {
      replicas,
      selector: { matchLabels: selectorOf(release, component) },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName,
          terminationGracePeriodSeconds: 0,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: component,
              image,
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              resources: { requests: room, limits: { memory: room.memory } },
            },
          ],
        },
      },
    },
  });
};
