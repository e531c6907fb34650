import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { scaled } from '../capacity/figures.ts';
import { within } from './within.ts';

/** Until one was seen. */
export const usualStartUpMs = 60_000;

/** As many as say what is usual now, with the image and nodes of today. */
const lastSeen = 20;

/** Who was ready so late had become unready meanwhile, or waited for a node that did not come. */
const believedMs = 600_000;

/**
 * From a pod's creation until it is ready. Ready's time moves when a pod is unready for a while, so
 * what has restarted, or took longer than is believed, says nothing.
 */
function startUpOf({ metadata, status }: V1Pod): number[] {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const restarted = status?.containerStatuses?.some(({ restartCount }) => restartCount > 0);
  if (ready?.status !== 'True' || restarted) return [];
  if (!ready.lastTransitionTime || !metadata?.creationTimestamp) return [];
  const took = ready.lastTransitionTime.getTime() - metadata.creationTimestamp.getTime();
  return took > 0 && took < believedMs ? [took] : [];
}

/** The median of the pods that were created last. */
export function startUpMsOf(pods: readonly V1Pod[]): number | undefined {
  const created = ({ metadata }: V1Pod) => metadata?.creationTimestamp?.getTime() ?? 0;
  const took = [...pods]
    .sort((a, b) => created(b) - created(a))
    .flatMap(startUpOf)
    .slice(0, lastSeen)
    .sort((a, b) => a - b);
  return took[Math.floor(took.length / 2)];
}

export function createStartUp({
  cluster,
  namespace,
  release,
}: {
  cluster: KubeConfig;
  namespace: string;
  release: string;
}) {
  const api = cluster.makeApiClient(CoreV1Api);
  const services = `app.kubernetes.io/component in (${scaled.join(',')})`;
  const labelSelector = `app.kubernetes.io/instance=${release},${services}`;
  let known = usualStartUpMs;
  return {
    ms: () => known,
    async measure(): Promise<void> {
      const { items } = await api.listNamespacedPod({ namespace, labelSelector }, within());
      known = startUpMsOf(items) ?? known;
    },
  };
}
