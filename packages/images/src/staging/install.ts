import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotBuild } from '../cannot-build.ts';
import { run } from '../run.ts';
import { writeSbom } from './sbom.ts';
import { type Lock, trimLock, trimModules } from './trim.ts';
import { productionManifest, type Workspace, writeManifest } from './workspaces.ts';

/** What an image's base is, whatever this machine is; containers run on its processor. */
const platform = ['--os=linux', `--cpu=${process.arch}`, '--libc=glibc'];

/** Everything that decides what `install` makes, for a key of it. */
export const installInputs = (repository: string, closure: readonly Workspace[]): string =>
  JSON.stringify([
    platform,
    closure,
    productionManifest(repository),
    readFileSync(join(repository, 'package-lock.json'), 'utf8'),
  ]);

/**
 * Installs into `folder` what the workspaces need in production, each package as the lock file has
 * it. The folder is a repository of its own with these workspaces alone: there `npm ci` refuses what
 * the lock file does not have, and does not miss other platforms' tools for development, which is
 * why it refuses the whole repository (docs/decisions/0008). Nothing that is installed is run.
 */
export async function install(
  repository: string,
  folder: string,
  { name, closure }: { name: string; closure: readonly Workspace[] },
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const { folder: part, manifest } of closure) writeManifest(join(folder, part), manifest);
  writeManifest(folder, {
    ...productionManifest(repository),
    workspaces: closure.map((workspace) => workspace.folder),
  });
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as Lock;
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(trimLock(lock)));
  copyFileSync(join(repository, '.npmrc'), join(folder, '.npmrc'));

  const quiet = ['--loglevel=error', '--no-progress', '--prefer-offline'];
  try {
    await run('npm', ['ci', '--omit=dev', '--ignore-scripts', ...platform, ...quiet], {
      cwd: folder,
    });
  } catch (cause) {
    throw new CannotBuild(
      `What ${name} needs cannot be installed as package-lock.json has it; if a package.json was changed by hand, run npm install and commit the lock file. ${(cause as Error).message}`,
      { cause },
    );
  }
  trimModules(join(folder, 'node_modules'));
  await writeSbom(folder, name);
  // How things came here is no business of the image's.
  for (const file of ['package-lock.json', '.npmrc', 'node_modules/.package-lock.json']) {
    rmSync(join(folder, file));
  }
}
