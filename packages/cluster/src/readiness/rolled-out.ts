import type { Job, Snapshot, Workload } from './snapshot.ts';

/** Whether every pod that is wanted is there, in its newest form, and none of an older one. */
function isRolledOut({ metadata, spec, status }: Workload): boolean {
  const { replicas = 1 } = spec;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) >= replicas &&
    (status.availableReplicas ?? 0) >= replicas &&
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0)
  );
}

const isOver = ({ status }: Job) =>
  status.conditions?.some(({ type, status }) => type === 'Complete' && status === 'True') ?? false;

/** What is not yet as it should be, by kind and name. */
export function unfinished({ workloads, jobs }: Snapshot): string[] {
  return [...jobs.filter((job) => !isOver(job)), ...workloads.filter((one) => !isRolledOut(one))]
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
}
