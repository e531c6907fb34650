import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../providers/child.ts';
import type { LogLines } from './log-lines.ts';
import { CannotStart } from './ports.ts';

export type Running = Child & { readonly name: string };

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
  const child = startChild(process.execPath, [...args], { cwd, env: { ...process.env, ...env } });
  logs(name, child.process.stdout, child.process.stderr);
  const ended = child.ended.then((said) => `${name} ended:\n${said}`);
  return { ...child, name, ended };
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
