import { ExecaError, execa, type Options } from 'execa';
import { CannotRun } from './cannot-run.ts';
import { inRepository } from './repository.ts';

const howToGet: Record<string, string> = {
  kubectl: 'see https://kubernetes.io/docs/tasks/tools',
  helm: 'see https://helm.sh/docs/intro/install',
  kind: 'see https://kind.sigs.k8s.io/docs/user/quick-start',
  k6: 'see https://grafana.com/docs/k6/latest/set-up/install-k6',
};

/** A program that ran and failed, with the end of what it complained of. */
export class ToolFailed extends Error {
  readonly complaint: string;

  constructor(program: string, args: readonly string[], cause: ExecaError) {
    const complaint = String(cause.stderr ?? '').trim() || cause.shortMessage;
    super(`${program} ${args.slice(0, 3).join(' ')} failed:\n${complaint.slice(-4_000)}`, {
      cause,
    });
    this.complaint = complaint;
  }
}

/** kubectl, helm and the others, as `env` finds them. */
export function createTools(env: NodeJS.ProcessEnv) {
  async function run(program: string, args: readonly string[], options: Options = {}) {
    try {
      const { stdout } = await execa(program, args, {
        env,
        cwd: inRepository(),
        maxBuffer: 256 * 2 ** 20,
        ...options,
      });
      return String(stdout ?? '');
    } catch (cause) {
      if (!(cause instanceof ExecaError)) throw cause;
      if (cause.code === 'ENOENT') {
        const how = howToGet[program];
        throw new CannotRun(`${program} is not on the PATH${how ? `: ${how}` : ''}.`, { cause });
      }
      throw new ToolFailed(program, args, cause);
    }
  }

  return {
    env,
    run,
    kubectl: (...args: string[]) => run('kubectl', args),
    helm: (...args: string[]) => run('helm', args),
    /** Objects as the API server has them. */
    async get<T>(...args: string[]): Promise<T> {
      return JSON.parse(await run('kubectl', ['get', '-o', 'json', ...args])) as T;
    },
    apply: (manifests: unknown, ...args: string[]) =>
      run('kubectl', ['apply', '--server-side', '--force-conflicts', ...args, '-f', '-'], {
        input: JSON.stringify(manifests),
      }),
  };
}
export type Tools = ReturnType<typeof createTools>;
