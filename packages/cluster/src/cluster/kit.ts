import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';

/** The folder that brings up a cluster where no Docker runs, if one is named. */
export function kitFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (!env.CLUSTER_KIT) return undefined;
  const folder = resolve(env.CLUSTER_KIT);
  if (existsSync(join(folder, 'up'))) return folder;
  throw new CannotRun(
    `CLUSTER_KIT is ${env.CLUSTER_KIT}, where there is no program \`up\`: name the folder of the kit, or unset it.`,
  );
}

/** Imports what charts/guichet-observability runs, under upstream’s names; at once where it is there. */
export async function bringObservabilityImages(): Promise<void> {
  const kit = kitFolder();
  if (kit) await execa(join(kit, 'images'), { stdio: 'inherit' });
}

/** What `eval "$(env)"` would set in a shell: where its programs and its cluster are. */
export async function kitEnvironment(kit: string): Promise<NodeJS.ProcessEnv> {
  const script = 'eval "$("$0/env")" && printf "%s\\n%s" "$PATH" "$KUBECONFIG"';
  const { stdout } = await execa('bash', ['-c', script, kit]);
  const [PATH = '', KUBECONFIG = ''] = stdout.split('\n');
  return { PATH, KUBECONFIG };
}
