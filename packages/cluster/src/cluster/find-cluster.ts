import { existsSync } from 'node:fs';
import { CannotRun } from '../cannot-run.ts';
import { inRepository } from '../repository.ts';
import { createTools, type Tools } from '../tools.ts';
import { kitEnvironment, kitFolder } from './kit.ts';

export type Cluster = {
  readonly tools: Tools;
  /** Whether its nodes can pull images; where they cannot, all of them are loaded. */
  readonly pulls: boolean;
};

/** kind's credentials in a file of their own, so that no target talks to a cluster that nobody named. */
export const kindKubeconfig = inRepository('.guichet/kubeconfig');

/** The cluster that `make cluster` gave, or the one of a KUBECONFIG that is set. */
export async function findCluster(env: NodeJS.ProcessEnv = process.env): Promise<Cluster> {
  const kit = kitFolder(env);
  const found = kit
    ? await kitEnvironment(kit)
    : { PATH: env.PATH, KUBECONFIG: env.KUBECONFIG || kindKubeconfig };
  if (!existsSync(found.KUBECONFIG ?? '')) {
    throw new CannotRun('There is no cluster yet: run `make cluster` first.');
  }
  const tools = createTools({ ...env, ...found });
  await tools.kubectl('get', '--raw', '/readyz', '--request-timeout=10s').catch((cause) => {
    if (cause instanceof CannotRun) throw cause;
    throw new CannotRun('The cluster does not answer: run `make cluster` to start it.', { cause });
  });
  return { tools, pulls: !kit };
}
