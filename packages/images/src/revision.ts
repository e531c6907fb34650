import { run } from './run.ts';

export type Revision = {
  /** The last commit that changed these files, with `-dirty` where they have changed since. */
  readonly commit: string;
  /** When that was, in seconds since 1970. */
  readonly at: number;
};

/**
 * Of the files that an image is made of, and not of the whole repository: the same files then make
 * the same image, whatever else was committed. Outside of a git repository nothing can be said.
 */
export async function revisionOf(
  repository: string,
  paths: readonly string[],
): Promise<Revision | undefined> {
  const git = (...args: string[]) => run('git', ['-C', repository, ...args, '--', ...paths]);
  try {
    const [commit = '', at = ''] = (await git('log', '-1', '--format=%H %ct')).split(' ');
    if (!commit) return undefined;
    const changed = await git('status', '--porcelain');
    return { commit: changed ? `${commit}-dirty` : commit, at: Number(at) };
  } catch {
    return undefined;
  }
}
