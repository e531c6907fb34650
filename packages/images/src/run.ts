import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const executed = promisify(execFile);

/** Runs a program quietly and answers what it wrote; an error carries the end of what it said. */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv | undefined } = {},
): Promise<string> {
  try {
    const { stdout } = await executed(command, args, { ...options, maxBuffer: 64 * 2 ** 20 });
    return stdout.trim();
  } catch (cause) {
    type Said = Error & { stdout?: string; stderr?: string };
    const { stdout = '', stderr = '', message } = cause as Said;
    const said = `${stdout}\n${stderr}`.trim().slice(-2_000) || message;
    throw new Error(`${command} ${args[0] ?? ''} failed: ${said}`, { cause });
  }
}
