import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppImage } from '../app-images.ts';
import { keyOf, keyOfFiles, keyOfFolder } from '../content-key.ts';
import { filesOf } from './files.ts';
import { install, installInputs } from './install.ts';
import { refuseStrays } from './refuse-strays.ts';
import { sbomFile } from './sbom.ts';
import { closureOf, type Workspace, writeManifest } from './workspaces.ts';

export const stagedFolder = (repository: string, { name }: AppImage): string =>
  join(repository, 'dist/images', name);

const installKey = (repository: string, closure: readonly Workspace[]) =>
  keyOf(installInputs(repository, closure), keyOfFolder(import.meta.dirname));

/** Changes when, and only when, something changes that `stage` would make something else of. */
export function stagedKey(repository: string, { workspace }: AppImage): string {
  const closure = closureOf(repository, workspace);
  const files = closure.flatMap((part) => filesOf(repository, part));
  return keyOf(installKey(repository, closure), keyOfFiles(repository, files));
}

/**
 * Makes `dist/images/<name>`, which the Dockerfile copies as it is: packages/ and services/ with
 * their sources, and node_modules with links to them, since Node runs TypeScript only outside of
 * node_modules. What is installed is kept until the lock file or a package.json changes.
 */
export async function stage(repository: string, image: AppImage): Promise<void> {
  await refuseStrays(repository, image);
  const { name, workspace } = image;
  const folder = stagedFolder(repository, image);
  const closure = closureOf(repository, workspace);
  const marker = `${folder}.installed`;
  const key = installKey(repository, closure);

  const kept = existsSync(join(folder, 'node_modules')) && existsSync(marker);
  if (!kept || readFileSync(marker, 'utf8') !== key) {
    rmSync(marker, { force: true });
    await install(repository, folder, { name, closure });
    writeFileSync(marker, key);
  }
  for (const part of ['packages', 'services']) {
    rmSync(join(folder, part), { recursive: true, force: true });
    mkdirSync(join(folder, part));
  }
  for (const part of closure) {
    writeManifest(join(folder, part.folder), part.manifest);
    for (const file of filesOf(repository, part)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(repository, file), join(folder, file));
    }
  }
  copyFileSync(join(folder, sbomFile), `${folder}.${sbomFile}`);
}
