import { dockerRuns } from '@guichet/local-stack/providers/docker';
import { execa } from 'execa';
import { kitFolder } from './kit.ts';

/** Whether a cluster can be had here, and if not why not. */
export async function whyNoCluster(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (kitFolder(env)) return undefined;
  if (!(await dockerRuns())) return 'no Docker runs here, and CLUSTER_KIT names no other way';
  const { failed } = await execa('kind', ['version'], { reject: false });
  return failed ? 'Docker runs, but kind is not on the PATH' : undefined;
}
