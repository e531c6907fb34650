import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { CannotRun } from './cannot-run.ts';
import type { Tools } from './tools.ts';

export type Forwarded = { readonly url: string; stop(): void };

/** A Service's port on a free port of this machine, for as long as kubectl holds it there. */
export async function forward(
  { env }: Tools,
  { namespace, service, port }: { namespace: string; service: string; port: number },
): Promise<Forwarded> {
  const args = ['port-forward', '-n', namespace, `service/${service}`, `:${port}`];
  const child = execa('kubectl', args, { env, reject: false, buffer: { stdout: false } });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, at] = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (!at) continue;
    // It says a line of each connection, and would wait for them to be read.
    child.stdout.resume();
    return { url: `http://127.0.0.1:${at}`, stop: () => void child.kill() };
  }
  const { stderr } = await child;
  throw new CannotRun(`${service} in ${namespace} cannot be reached: ${stderr.trim()}`);
}
