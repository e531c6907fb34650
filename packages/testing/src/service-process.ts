import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, vi } from 'vitest';

export type Line = {
  level: string;
  msg: string;
  port?: number;
  managementPort?: number;
  err?: unknown;
};

export type ServiceProcess = {
  readonly child: ChildProcess;
  /** Its log so far, line by line. */
  readonly log: Line[];
  /** What it said that is no line of a log. */
  readonly said: string[];
  /** Waits for a line of the log that has these words. */
  lineWith(words: string): Promise<Line>;
  /**
   * The fatal line that it ended with. Not always the last: it is written at once, past a line
   * that is still on its way.
   */
  fatal(): Line | undefined;
  /** Exit code and signal, when it has ended and all that it said is read. */
  readonly exited: Promise<[code: number | null, signal: NodeJS.Signals | null]>;
};

const patience = { timeout: 60_000, interval: 50 };

export const onPort = (port: number | undefined): string => `http://127.0.0.1:${port}`;

/** What a management port answers: status and body. */
export async function askManagement(port: number | undefined, path: string) {
  const answer = await fetch(onPort(port) + path);
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever was answered
  return [answer.status, (await answer.json()) as any] as const;
}

/** A process of ours on ports that are free, with these settings alone; gone when the test is over. */
export function startServiceProcess(
  file: string,
  env: Record<string, string> = {},
  cwd?: string,
): ServiceProcess {
  const child = spawn(process.execPath, [file], {
    ...(cwd ? { cwd } : {}),
    env: { PATH: process.env.PATH ?? '', PORT: '0', MANAGEMENT_PORT: '0', DRAIN_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const log: Line[] = [];
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) log.push(JSON.parse(line));
    else said.push(line);
  });
  return {
    child,
    log,
    said,
    fatal: () => log.find(({ level }) => level === 'fatal'),
    exited: once(child, 'close') as ServiceProcess['exited'],
    lineWith: (words) =>
      vi.waitFor(() => {
        const found = log.find(({ msg }) => msg.includes(words));
        expect(found, log.map(({ msg }) => msg).join('\n')).toBeDefined();
        return found as Line;
      }, patience),
  };
}
