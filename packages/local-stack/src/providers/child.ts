import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export type Child = {
  readonly process: ChildProcess;
  /** The end of what it wrote, when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** The signal (SIGTERM where none is named), and SIGKILL after `graceMs`. */
  stop(graceMs: number, signal?: NodeJS.Signals): Promise<void>;
};

/** How much of what a program wrote is kept, to be told when it ends. */
const keptCharacters = 4_000;

/** Starts a program whose words are kept quiet unless it ends. */
export function startChild(command: string, args: string[], options: SpawnOptions): Child {
  // In a process group of its own: Ctrl-C is for the one who orders the ending, not for all at once.
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-keptCharacters);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(`${said.trim()} (${signal ?? `exit ${code}`})`));
    child.once('error', (error) => resolve(error.message));
  });

  return {
    process: child,
    ended,
    async stop(graceMs, signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      const late = sleep(graceMs, 'late', { ref: false });
      if ((await Promise.race([exited, late])) === 'late') {
        child.kill('SIGKILL');
        await exited;
      }
    },
  };
}
