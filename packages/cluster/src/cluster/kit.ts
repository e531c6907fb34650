import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import { CannotRun } from '../cannot-run.ts';
import { inRepository } from '../repository.ts';

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

/**
 * The programs of Prometheus, Loki and the collector on the PATH too, when their images are there.
 * Alertmanager is one program with Prometheus, told apart by the name that it is called by.
 */
export async function kitPrograms(kit: string): Promise<NodeJS.ProcessEnv> {
  const { PATH = '', ...env } = await kitEnvironment(kit);
  const [programs = ''] = PATH.split(delimiter);
  const folder = inRepository('.guichet/kit');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(programs, 'prometheus'), join(folder, 'alertmanager'));
  return { ...env, PATH: [folder, PATH].join(delimiter) };
}
