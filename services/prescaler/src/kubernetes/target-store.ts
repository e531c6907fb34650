import { statusOf } from '@guichet/kubernetes-discovery/reason';
import {
  AutoscalingV2Api,
  CoreV1Api,
  CustomObjectsApi,
  type KubeConfig,
  type V1ObjectMeta,
} from '@kubernetes/client-node';
import { type Scaled, scaled } from '../capacity/figures.ts';
import type { Change, Target } from '../minimums/target.ts';
import { within } from './within.ts';

const keda = { group: 'keda.sh', version: 'v1alpha1', plural: 'scaledobjects' } as const;
const apiVersions = { HorizontalPodAutoscaler: 'autoscaling/v2', ScaledObject: 'keda.sh/v1alpha1' };

type ScaledObject = {
  metadata: V1ObjectMeta;
  spec: { minReplicaCount?: number; maxReplicaCount?: number };
};

/** By this name Kubernetes knows which fields are ours, and tells those who disagree. */
const fieldManager = 'guichet-prescaler';

/** Without a number of their own: Kubernetes' default for one kind, and KEDA's for the other. */
const kedaDefaults = { minimum: 0, maximum: 100 };

/** The autoscalers of a release: whichever kind each service has. */
export function createTargetStore({
  cluster,
  namespace,
  release,
}: {
  cluster: KubeConfig;
  namespace: string;
  release: string;
}) {
  const scaling = cluster.makeApiClient(AutoscalingV2Api);
  const custom = cluster.makeApiClient(CustomObjectsApi);
  const core = cluster.makeApiClient(CoreV1Api);
  const labelSelector = `app.kubernetes.io/instance=${release}`;

  const targetOf = (
    kind: Target['kind'],
    metadata: V1ObjectMeta | undefined,
    { minimum, maximum }: { minimum: number; maximum: number },
  ): Target[] => {
    const service = scaled.find((name: Scaled) => metadata?.name === `${release}-${name}`);
    if (!service || !metadata) return [];
    const { name = '', uid = '', resourceVersion: version = '' } = metadata;
    const { annotations = {}, managedFields = [] } = metadata;
    return [{ service, kind, name, uid, version, minimum, maximum, annotations, managedFields }];
  };

  async function listAutoscalers(): Promise<Target[]> {
    const { items } = await scaling.listNamespacedHorizontalPodAutoscaler(
      { namespace, labelSelector },
      within(),
    );
    return items.flatMap(({ metadata, spec }) =>
      targetOf('HorizontalPodAutoscaler', metadata, {
        minimum: spec?.minReplicas ?? 1,
        maximum: spec?.maxReplicas ?? 1,
      }),
    );
  }

  /** None where the cluster knows no KEDA. */
  async function listScaledObjects(): Promise<Target[]> {
    try {
      const { items } = (await custom.listNamespacedCustomObject(
        { ...keda, namespace, labelSelector },
        within(),
      )) as { items: ScaledObject[] };
      return items.flatMap(({ metadata, spec }) =>
        targetOf('ScaledObject', metadata, {
          minimum: spec.minReplicaCount ?? kedaDefaults.minimum,
          maximum: spec.maxReplicaCount ?? kedaDefaults.maximum,
        }),
      );
    } catch (error) {
      if (statusOf(error) === 404) return [];
      throw error;
    }
  }

  /** False where somebody else has changed it since it was read. */
  async function patch({ kind, name, version }: Target, metadata: object, spec?: object) {
    const body = { metadata: { resourceVersion: version, ...metadata }, ...(spec && { spec }) };
    try {
      const request = { namespace, name, body, fieldManager };
      if (kind === 'ScaledObject') {
        await custom.patchNamespacedCustomObject({ ...keda, ...request }, within('merge'));
      } else {
        await scaling.patchNamespacedHorizontalPodAutoscaler(request, within('merge'));
      }
      return true;
    } catch (error) {
      if (statusOf(error) === 409) return false;
      throw error;
    }
  }

  return {
    async list(): Promise<Target[]> {
      return (await Promise.all([listAutoscalers(), listScaledObjects()])).flat();
    },

    /** False where somebody else has changed it since it was read. */
    change(target: Target, { minimum, annotations }: Change): Promise<boolean> {
      const field = target.kind === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas';
      return patch(target, { annotations }, minimum === null ? undefined : { [field]: minimum });
    },

    /**
     * Has the object no longer name us as who set its minimum. Whoever applies another one later, as
     * `helm upgrade` does on the server, would be refused for a conflict with us.
     */
    async letGo(target: Target): Promise<void> {
      const others = target.managedFields.filter(({ manager }) => manager !== fieldManager);
      if (others.length === target.managedFields.length) return;
      // Where somebody was quicker it is done at the next look.
      await patch(target, { managedFields: others });
    },

    /** Tells who looks at the object why it was changed. */
    async tell({ kind, name, uid }: Target, { minimum, sentence }: Change): Promise<void> {
      const now = new Date();
      await core.createNamespacedEvent(
        {
          namespace,
          body: {
            metadata: { generateName: `${name}.`, namespace },
            involvedObject: { kind, name, uid, namespace, apiVersion: apiVersions[kind] },
            type: 'Normal',
            reason: minimum === null ? 'MinimumLeft' : 'MinimumChanged',
            message: sentence,
            source: { component: 'guichet-prescaler' },
            firstTimestamp: now,
            lastTimestamp: now,
            count: 1,
          },
        },
        within(),
      );
    },
  };
}
export type TargetStore = ReturnType<typeof createTargetStore>;
