import { managementOffset } from '@guichet/local-stack/stack/ports';
import { type Running, runNode, untilReady } from '@guichet/local-stack/stack/processes';

export type Replica = ReturnType<typeof createReplica>;

/** A process of a service that is ended and started again, always at the same door. */
export function createReplica({
  name,
  port,
  cwd,
  env,
}: {
  name: string;
  port: number;
  cwd: string;
  env: Record<string, string>;
}) {
  let running: Running | undefined;
  const at = (of: number, path = '') => `http://127.0.0.1:${of}${path}`;

  const spawn = (more: Record<string, string>): Running =>
    runNode({
      name,
      args: ['--import', '@guichet/telemetry/register', 'src/main.ts'],
      cwd,
      env: { ...env, ...more },
      logs: () => {},
    });

  return {
    name,
    url: at(port),
    /** Of the process that runs now. */
    pid: () => running?.process.pid,
    /** With further settings; answers when it is ready. */
    async start(more: Record<string, string> = {}): Promise<void> {
      running = spawn(more);
      await untilReady(running, at(port + managementOffset, '/health/ready'));
    },
    /** SIGKILL: no handler, no flush; what it holds open breaks. */
    async kill(): Promise<void> {
      running?.process.kill('SIGKILL');
      await running?.ended;
    },
    signal(signal: NodeJS.Signals): void {
      running?.process.kill(signal);
    },
    /** What it said last, when it has ended, whoever ended it. */
    ended: (): Promise<string> => running?.ended ?? Promise.resolve('it was never started'),
    stop: async (): Promise<void> => {
      await running?.stop(20_000);
    },
  };
}
