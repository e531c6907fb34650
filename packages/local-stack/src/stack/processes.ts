import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogLines } from './log-lines.ts';
import { CannotStart } from './ports.ts';

export type Running = {
  readonly name: string;
  readonly child: ChildProcess;
  /** When it has ended, whoever ended it: how, and the last it said. */
  readonly ended: Promise<string>;
  stop(graceMs: number): Promise<void>;
};

/** A Node process of ours whose lines go to the log. */
export function runNode({
  name,
  args,
  cwd,
  env,
  logs,
}: {
  name: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  logs: LogLines;
}): Running {
  // In a group of its own: Ctrl-C reaches us alone, and we end everything in order.
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  logs(name, child.stdout, child.stderr);
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      last = (last + chunk).slice(-2_000);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(`${name} ended with ${signal ?? `exit code ${code}`}:\n${last.trim()}`);
    });
  });
  return {
    name,
    child,
    ended,
    async stop(graceMs) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const late = sleep(graceMs, 'late', { ref: false });
      if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Waits until a URL answers 200; throws what the process last said when it ends instead. */
export async function untilReady(running: Running, url: string, waitMs = 60_000): Promise<void> {
  let end: string | undefined;
  running.ended.then((how) => {
    end = how;
  });
  for (const until = Date.now() + waitMs; ; await sleep(100)) {
    if (end) throw new CannotStart(end);
    const ready = await fetch(url).then(
      ({ ok, body }) => {
        body?.cancel().catch(() => {});
        return ok;
      },
      () => false,
    );
    if (ready) return;
    if (Date.now() > until)
      throw new CannotStart(`${running.name} is not ready after ${waitMs / 1_000} s.`);
  }
}
