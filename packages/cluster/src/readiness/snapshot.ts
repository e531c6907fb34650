import type { PodSpec } from '../footprint/requests.ts';
import type { Tools } from '../tools.ts';

type Metadata = {
  name: string;
  labels?: Record<string, string>;
  generation?: number;
  deletionTimestamp?: string;
  creationTimestamp?: string;
};
type Condition = { type: string; status: string; reason?: string; message?: string };

export type ContainerStatus = {
  name: string;
  image: string;
  ready: boolean;
  restartCount: number;
  state: {
    waiting?: { reason?: string; message?: string };
    terminated?: { exitCode: number; reason?: string };
    running?: object;
  };
};
export type Pod = {
  metadata: Metadata;
  spec: PodSpec;
  status: {
    phase: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
};
export type Workload = {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  metadata: Metadata;
  spec: { replicas?: number };
  status: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: Condition[];
  };
};
export type Job = {
  kind: 'Job';
  metadata: Metadata;
  status: { conditions?: Condition[]; active?: number };
};
export type Event = {
  type: string;
  reason: string;
  message: string;
  involvedObject: { kind: string; name: string };
  lastTimestamp?: string | null;
  eventTime?: string | null;
};

/** What the cluster says of a namespace at one moment. */
export type Snapshot = {
  workloads: Workload[];
  jobs: Job[];
  pods: Pod[];
  events: Event[];
};

/** Everything of the charts; their objects carry this label. */
const ours = 'app.kubernetes.io/part-of in (guichet, guichet-backing, guichet-observability)';

/** One pod a node, in other words than the other kinds have for the same. */
export type DaemonSet = {
  kind: 'DaemonSet';
  metadata: Metadata;
  status: {
    observedGeneration?: number;
    desiredNumberScheduled: number;
    currentNumberScheduled: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
  };
};

export const asWorkload = ({ kind, metadata, status }: DaemonSet): Workload => ({
  kind,
  metadata,
  spec: { replicas: status.desiredNumberScheduled },
  status: {
    observedGeneration: status.observedGeneration ?? 0,
    replicas: status.currentNumberScheduled,
    updatedReplicas: status.updatedNumberScheduled ?? 0,
    availableReplicas: status.numberAvailable ?? 0,
  },
});

export async function takeSnapshot(tools: Tools, namespace: string): Promise<Snapshot> {
  const [objects, events] = await Promise.all([
    tools.get<{ items: ({ kind: string } & object)[] }>(
      'deployments,statefulsets,daemonsets,jobs,pods',
      ...['-n', namespace, '-l', ours],
    ),
    tools.get<{ items: Event[] }>('events', '-n', namespace),
  ]);
  const of = (...kinds: string[]) => objects.items.filter(({ kind }) => kinds.includes(kind));
  return {
    workloads: [
      ...(of('Deployment', 'StatefulSet') as unknown as Workload[]),
      ...(of('DaemonSet') as unknown as DaemonSet[]).map(asWorkload),
    ],
    jobs: of('Job') as unknown as Job[],
    pods: of('Pod') as unknown as Pod[],
    events: events.items,
  };
}
