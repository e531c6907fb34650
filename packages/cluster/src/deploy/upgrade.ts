import { CannotRun } from '../cannot-run.ts';
import type { Cluster } from '../cluster/find-cluster.ts';
import { ToolFailed } from '../tools.ts';

/** Refusals of the charts and of the API server are sentences already; Helm’s own words around them are not. */
const inOneSentence = (error: unknown): never => {
  if (!(error instanceof ToolFailed)) throw error;
  const [, said] = /These values cannot be installed:\n([\s\S]+?)\n*$/.exec(error.complaint) ?? [];
  throw new CannotRun(said ?? error.message, { cause: error });
};

export type Release = {
  readonly release: string;
  readonly profile: readonly string[];
  readonly namespace: string;
};

/** Installs a chart, or upgrades it; what it refuses is thrown as its sentence. */
export async function upgrade(
  { tools }: Cluster,
  { release, profile, namespace }: Release,
  more: readonly string[],
): Promise<void> {
  await tools
    .helm('upgrade', '--install', release, ...profile, '-n', namespace, ...more)
    .catch(inOneSentence);
}
