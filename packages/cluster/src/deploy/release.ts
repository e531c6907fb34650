import { CannotRun } from '../cannot-run.ts';

/** Where `make deploy` installs what, and what the profile of one machine opens. */
export const namespace = 'guichet';
export const guichet = 'guichet';
export const backing = 'guichet-backing';

/** The address that values-kind.yaml calls the public one. */
export const frontDoor = 'http://localhost:31080';
/** Where the stand-ins’ NodePorts are, on a machine that has the cluster. */
export const standIns = { stripe: 'http://127.0.0.1:30090', inbox: 'http://127.0.0.1:30091' };

export type DeployOptions = {
  /** Which build of the images. */
  readonly tag: string;
  /** Whether guichet-backing is installed too; without it the Secrets and servers are somebody else’s. */
  readonly backing: boolean;
  readonly timeoutMs: number;
};

/** What `make deploy` was told: TAG, BACKING, WAIT_SECONDS. */
export function readDeployOptions(env: NodeJS.ProcessEnv): DeployOptions {
  const tag = env.TAG || 'dev';
  if (!/^[\w][\w.-]{0,127}$/.test(tag)) {
    throw new CannotRun(`TAG=${tag} is no tag of an image: use letters, digits, dots and dashes.`);
  }
  const backing = env.BACKING || 'yes';
  if (backing !== 'yes' && backing !== 'no') {
    throw new CannotRun(
      `BACKING=${backing} is not understood: yes installs guichet-backing, no leaves it out.`,
    );
  }
  const seconds = Number(env.WAIT_SECONDS || 600);
  if (!(seconds > 0)) {
    throw new CannotRun(
      `WAIT_SECONDS=${env.WAIT_SECONDS} is no time: say how many seconds to wait.`,
    );
  }
  return { tag, backing: backing === 'yes', timeoutMs: seconds * 1_000 };
}
