import type { ContainerStatus, Event, Job, Pod, Snapshot } from './snapshot.ts';

/** Why something does not become ready, and what to do. */
export type Trouble = {
  readonly object: string;
  readonly says: string;
  /** How long it may last before waiting is given up: what may pass by itself has longer. */
  readonly patienceMs: number;
  /** Whose log may say more. */
  readonly log?: { readonly pod: string; readonly container: string; readonly previous: boolean };
};

const final = 20_000;
const passing = 90_000;
const waiting = Number.POSITIVE_INFINITY;

const noImage = ['ErrImageNeverPull', 'ErrImagePull', 'ImagePullBackOff', 'InvalidImageName'];

const timeOf = ({ lastTimestamp, eventTime }: Event) => lastTimestamp ?? eventTime ?? '';

const lastWarning = (events: readonly Event[], kind: string, name: string, reason?: RegExp) =>
  events
    .filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.kind === kind)
    .filter(({ involvedObject }) => involvedObject.name === name)
    .filter((event) => !reason || reason.test(event.reason))
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .at(-1);

function ofContainer(pod: string, status: ContainerStatus): Trouble | undefined {
  const { name: container, image, state, restartCount } = status;
  const object = `pod/${pod}`;
  const reason = state.waiting?.reason ?? '';
  if (noImage.includes(reason)) {
    const says = `has no image ${image} (${reason}): build and load it (\`make images load-images TAG=…\`), or deploy a TAG that is there.`;
    return { object, patienceMs: final, says };
  }
  if (reason === 'CreateContainerConfigError') {
    const says = `cannot be started: ${state.waiting?.message}. Create what it names, or install guichet-backing, which does.`;
    return { object, patienceMs: final, says };
  }
  if (restartCount > 0 && (reason === 'CrashLoopBackOff' || state.terminated)) {
    const log = { pod, container, previous: reason === 'CrashLoopBackOff' };
    return { object, patienceMs: passing, says: `ended ${restartCount} times.`, log };
  }
  return undefined;
}

function ofPod(pod: Pod, events: readonly Event[]): Trouble | undefined {
  const { metadata, status } = pod;
  const object = `pod/${metadata.name}`;
  const condition = (type: string) => status.conditions?.find((one) => one.type === type);
  if (condition('Ready')?.status === 'True') return undefined;
  const scheduled = condition('PodScheduled');
  if (scheduled?.reason === 'Unschedulable') {
    const says = `finds no node (${scheduled.message}): \`make doctor\` says what is free; stop something else, or lower requests.`;
    return { object, patienceMs: passing, says };
  }
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  for (const container of containers) {
    const trouble = ofContainer(metadata.name, container);
    if (trouble) return trouble;
  }
  const mount = lastWarning(events, 'Pod', metadata.name, /^FailedMount$/);
  const running = containers.find(({ state, ready }) => state.running && !ready);
  if (mount && !running) {
    const says = `cannot be started: ${mount.message}. Create what it names, or install guichet-backing, which does.`;
    return { object, patienceMs: passing, says };
  }
  if (!running) return undefined;
  const log = { pod: metadata.name, container: running.name, previous: false };
  return { object, patienceMs: waiting, says: 'runs, and is not ready.', log };
}

function ofJob({ metadata, status }: Job, pods: readonly Pod[]): Trouble | undefined {
  const failed = status.conditions?.find(
    ({ type, status }) => type === 'Failed' && status === 'True',
  );
  if (!failed) return undefined;
  const pod = pods
    .filter(
      ({ metadata: { labels } }) => labels?.['batch.kubernetes.io/job-name'] === metadata.name,
    )
    .at(-1);
  const container = pod?.status.containerStatuses?.[0]?.name;
  return {
    object: `job/${metadata.name}`,
    says: `has failed (${failed.message ?? failed.reason}): mend what it says, delete it and deploy again.`,
    patienceMs: 0,
    ...(pod && container && { log: { pod: pod.metadata.name, container, previous: false } }),
  };
}

/** Everything that stands in the way now, a sentence for each object. */
export function troublesOf({ workloads, jobs, pods, events }: Snapshot): Trouble[] {
  const refused = workloads.flatMap(({ kind, metadata, status }) => {
    const replicas = status.conditions?.find(
      ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
    );
    const message =
      replicas?.message ??
      ((status.replicas ?? 0) === 0
        ? lastWarning(events, kind, metadata.name, /^FailedCreate$/)?.message
        : undefined);
    if (!message) return [];
    const object = `${kind.toLowerCase()}/${metadata.name}`;
    return [{ object, says: `may not make its pods: ${message}.`, patienceMs: passing }];
  });
  const unready = pods
    .filter(({ metadata, status }) => !metadata.deletionTimestamp && status.phase !== 'Succeeded')
    .map((pod) => ofPod(pod, events));
  return [...refused, ...jobs.map((job) => ofJob(job, pods)), ...unready].filter(
    (trouble) => trouble !== undefined,
  );
}
