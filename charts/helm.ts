import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: as many shapes as there are kinds
  readonly [field: string]: any;
};

/** PATH and KUBECONFIG of the kit in the folder CLUSTER_KIT, where that is set. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const kit = process.env.CLUSTER_KIT;
  if (!kit) return process.env;
  const { stdout } = await run('bash', [
    '-c',
    'eval "$("$1/env")" && printf "%s\\n%s" "$PATH" "$KUBECONFIG"',
    'env',
    kit,
  ]);
  const [PATH, KUBECONFIG] = stdout.split('\n');
  return { ...process.env, PATH, KUBECONFIG };
}

/** What `tool` runs with. */
export const env = await environment();

/** Runs a program of the kit, or of the PATH; its standard error is the message when it fails. */
export async function tool(program: string, args: readonly string[], input = ''): Promise<string> {
  const running = run(program, [...args], { env, maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message, { cause });
  }
}

/** Whether there is Helm. Where CLUSTER_KIT promises it and it is missing, that is an error. */
export async function hasHelm(): Promise<boolean> {
  for (const folder of (env.PATH ?? '').split(':')) {
    const there = await access(join(folder, 'helm')).then(
      () => true,
      () => false,
    );
    if (there) return true;
  }
  const kit = process.env.CLUSTER_KIT;
  if (kit) {
    throw new Error(`CLUSTER_KIT is ${kit}, and there is no helm yet: run ${kit}/up once.`);
  }
  return false;
}

/** What `helm template` renders, as objects. */
export async function render(chart: string, ...args: string[]): Promise<KubeObject[]> {
  const text = await tool('helm', ['template', 'guichet-backing', chart, ...args]);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}
