type ContainerState = {
  waiting?: { reason?: string; message?: string };
  terminated?: { exitCode: number };
};
/** As much of a pod as says how far it is. */
export type Pod = {
  status?: {
    phase?: string;
    conditions?: { type: string; status: string; message?: string }[];
    containerStatuses?: { state?: ContainerState }[];
  };
};

/** What does not pass by itself, if one waits long enough. */
const hopeless = /^(ErrImage|ImagePull|InvalidImage|CreateContainer)/;

const stateOf = ({ status }: Pod) => status?.containerStatuses?.[0]?.state;

/** Whether its program has begun, or why it cannot; nothing while that is open. */
export function podStarted(pod: Pod): { why?: string } | undefined {
  const { waiting } = stateOf(pod) ?? {};
  if (waiting && hopeless.test(waiting.reason ?? '')) {
    return { why: [waiting.reason, waiting.message].filter(Boolean).join(': ') };
  }
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled) return { why: unscheduled.message ?? 'it has no node' };
  return pod.status?.phase === 'Pending' || !pod.status?.phase ? undefined : {};
}

/** How its program ended; nothing while it runs. */
export const podEnded = (pod: Pod): number | undefined => stateOf(pod)?.terminated?.exitCode;
