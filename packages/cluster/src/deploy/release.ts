import { CannotRun } from '../cannot-run.ts';

/** Where `make deploy` installs what, and what the profile of one machine opens. */
export const namespace = 'guichet';
export const guichet = 'guichet';
export const backing = 'guichet-backing';
/** What sees them run, in a namespace of its own. */
export const observability = 'guichet-observability';
export const monitoring = 'monitoring';

/** The address that values-kind.yaml calls the public one. */
export const frontDoor = 'http://localhost:31080';
/** Where the stand-ins’ NodePorts are, on a machine that has the cluster. */
export const standIns = { stripe: 'http://127.0.0.1:30090', inbox: 'http://127.0.0.1:30091' };
/** And those of charts/guichet-observability. */
export const watchers = {
  prometheus: 'http://127.0.0.1:30092',
  alertmanager: 'http://127.0.0.1:30093',
  loki: 'http://127.0.0.1:30094',
  jaeger: 'http://127.0.0.1:30095',
  grafana: 'http://127.0.0.1:30096',
};

export type DeployOptions = {
  /** Which build of the images. */
  readonly tag: string;
  /** Whether guichet-backing is installed too; without it the Secrets and servers are somebody else’s. */
  readonly backing: boolean;
  /** Whether guichet-observability is installed too, and traces go to it. */
  readonly observe: boolean;
  /** Whether its alerts wait a twentieth as long, for game days. */
  readonly drill: boolean;
  readonly timeoutMs: number;
};

function readYesOrNo(name: string, said: string, meaning: { yes: string; no: string }): boolean {
  if (said === 'yes' || said === 'no') return said === 'yes';
  throw new CannotRun(`${name}=${said} is not understood: yes ${meaning.yes}, no ${meaning.no}.`);
}

/** What `make deploy` was told: TAG, BACKING, OBSERVE, DRILL, WAIT_SECONDS. */
export function readDeployOptions(env: NodeJS.ProcessEnv): DeployOptions {
  const tag = env.TAG || 'dev';
  if (!/^[\w][\w.-]{0,127}$/.test(tag)) {
    throw new CannotRun(`TAG=${tag} is no tag of an image: use letters, digits, dots and dashes.`);
  }
  const backing = readYesOrNo('BACKING', env.BACKING || 'yes', {
    yes: 'installs guichet-backing',
    no: 'leaves it out',
  });
  const observe = readYesOrNo('OBSERVE', env.OBSERVE || 'no', {
    yes: 'installs guichet-observability',
    no: 'leaves it as it is',
  });
  const drill = readYesOrNo('DRILL', env.DRILL || 'no', {
    yes: 'shortens what alerts wait for, for game days',
    no: 'lets them wait as in earnest',
  });
  const seconds = Number(env.WAIT_SECONDS || 600);
  if (!(seconds > 0)) {
    throw new CannotRun(
      `WAIT_SECONDS=${env.WAIT_SECONDS} is no time: say how many seconds to wait.`,
    );
  }
  return { tag, backing, observe, drill, timeoutMs: seconds * 1_000 };
}
