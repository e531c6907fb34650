import { execFile } from 'node:child_process';
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

/** With PATH and KUBECONFIG of the kit in the folder CLUSTER_KIT, where that is set. */
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

/**
 * Runs a program of the kit, or of the PATH; its standard error is the message when it fails. Where
 * there is none this fails: a test that did not run must not look like one that passed.
 */
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

export const chart = join(import.meta.dirname, '../../../charts/guichet-backing');

/** What `helm template` renders, as objects. */
export async function render(...args: string[]): Promise<KubeObject[]> {
  const text = await tool('helm', ['template', 'guichet-backing', chart, ...args]);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}
