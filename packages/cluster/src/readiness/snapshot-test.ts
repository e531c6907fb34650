import type { ContainerStatus, Event, Job, Pod, Snapshot, Workload } from './snapshot.ts';

/** As the API server says it of a cluster where nothing is there. */
export const empty: Snapshot = { workloads: [], jobs: [], pods: [], events: [] };

export const container = (changes: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name: 'reservation',
  image: 'guichet/reservation:dev',
  ready: false,
  restartCount: 0,
  state: { running: {} },
  ...changes,
});

export const pod = (name: string, status: Partial<Pod['status']> = {}): Pod => ({
  metadata: { name },
  spec: { containers: [{}] },
  status: { phase: 'Pending', containerStatuses: [container()], ...status },
});

export const deployment = (name: string, status: Partial<Workload['status']> = {}): Workload => ({
  kind: 'Deployment',
  metadata: { name, generation: 2 },
  spec: { replicas: 2 },
  status: {
    observedGeneration: 2,
    replicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
    ...status,
  },
});

export const job = (name: string, ...conditions: [string, string?][]): Job => ({
  kind: 'Job',
  metadata: { name },
  status: {
    conditions: conditions.map(([type, message]) => ({
      type,
      status: 'True',
      ...(message && { message }),
    })),
  },
});

export const warning = (kind: string, name: string, reason: string, message: string): Event => ({
  type: 'Warning',
  reason,
  message,
  involvedObject: { kind, name },
  lastTimestamp: '2028-10-07T19:00:00Z',
});
