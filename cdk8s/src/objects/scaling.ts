import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { catalogue, type ServiceName } from '../../catalogue.ts';
import {
  metadataOf,
  objectName,
  type Release,
  type ServiceMaker,
  selectorOf,
  valuesOf,
} from '../release.ts';
import type { Signal } from '../service.ts';

const { IntOrString } = k8s;

/** How many there are follows the load; how many may be missing follows the fewest there are. */
export const scaling: ServiceMaker = (chart, release, name) => {
  const { autoscaling, replicas } = valuesOf(release, name);
  const { enabled, keda, min } = autoscaling;
  if (enabled) (keda.enabled ? scaledObject : autoscaler)(chart, release, name);
  // With one pod alone a budget would only forbid to drain its node.
  if ((enabled ? min : replicas) > 1) {
    new k8s.KubePodDisruptionBudget(chart, `${name}-budget`, {
      metadata: metadataOf(release, name),
      spec: {
        maxUnavailable: IntOrString.fromNumber(1),
        // A pod that cannot become ready must not hold up the drain of its node for ever.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selectorOf(release, name) },
      },
    });
  }
};

/** Up at once and by as much as doubles; down slowly: a pod that starts costs more than one that idles. */
const behaviour = (scaleDownSeconds: number): k8s.HorizontalPodAutoscalerBehaviorV2 => ({
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: scaleDownSeconds,
    policies: [{ type: 'Percent', value: 25, periodSeconds: 60 }],
  },
});

const autoscaler: ServiceMaker = (chart, release, name) => {
  const { min, max, cpuPercent, scaleDownSeconds } = valuesOf(release, name).autoscaling;
  new k8s.KubeHorizontalPodAutoscalerV2(chart, `${name}-autoscaler`, {
    metadata: metadataOf(release, name),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: objectName(release, name),
      },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: cpuPercent },
          },
        },
      ],
      behavior: behaviour(scaleDownSeconds),
    },
  });
};

const scaledObject: ServiceMaker = (chart, release, name) => {
  const { min, max, cpuPercent, scaleDownSeconds, keda } = valuesOf(release, name).autoscaling;
  const { prometheusUrl } = release.values.keda;
  new ApiObject(chart, `${name}-scaled-object`, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(release, name),
    spec: {
      scaleTargetRef: { name: objectName(release, name) },
      minReplicaCount: min,
      maxReplicaCount: max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behaviour(scaleDownSeconds) } },
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value: String(cpuPercent) } },
        ...(prometheusUrl ? signalsOf(release, name).map(triggerAt(prometheusUrl)) : []),
        ...keda.triggers,
      ],
    },
  });
};

const signalsOf = ({ namespace }: Release, name: ServiceName) =>
  (catalogue[name].signals ?? []).map((signal) => ({
    ...signal,
    query: signal.query.replaceAll('$namespace', namespace),
  }));

/** `AverageValue` divides by what is one pod's; `Value` multiplies the pods that there are. */
const triggerAt =
  (serverAddress: string) =>
  ({ query, perPod, atMost }: Signal) => ({
    type: 'prometheus',
    metricType: perPod === undefined ? 'Value' : 'AverageValue',
    metadata: { serverAddress, query, threshold: String(perPod ?? atMost) },
  });
