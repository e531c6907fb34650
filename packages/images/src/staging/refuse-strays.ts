import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { AppImage } from '../app-images.ts';
import { CannotBuild } from '../cannot-build.ts';
import { filesOf } from './files.ts';
import { closureOf, type Workspace } from './workspaces.ts';

const testing = '@guichet/testing';

/** `@guichet/http/start-service` is in the package `@guichet/http`. */
const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** What each program imports when it runs: esbuild leaves types out. */
async function importsOf(repository: string, programs: string[]) {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: programs,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unwritten',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs);
}

async function refuseIn(repository: string, workspace: Workspace, name: string): Promise<void> {
  const { folder, manifest } = workspace;
  const programs = filesOf(repository, workspace).filter((file) => /\.[jt]s$/.test(file));
  const named = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);

  for (const [file, { imports }] of await importsOf(repository, programs)) {
    if (!programs.includes(file)) {
      throw new CannotBuild(
        `The image of ${name} would lack ${file}, which a program of ${folder} imports: a file that only tests need is called …-test.ts, and so is what imports it.`,
      );
    }
    for (const { path, external } of imports) {
      if (!external || isBuiltin(path) || named.has(packageOf(path))) continue;
      throw new CannotBuild(
        `The image of ${name} would lack ${packageOf(path)}, which ${file} imports: name it in dependencies of ${join(folder, 'package.json')}; or, if only tests need the file, call it …-test.ts.`,
      );
    }
  }
}

/**
 * Refuses an image whose programs import what would not be in it, which came to light when a pod
 * starts, and one that would get packages/testing from what it depends on: stand-ins, faults and failpoints.
 */
export async function refuseStrays(
  repository: string,
  { name, workspace }: AppImage,
): Promise<void> {
  const closure = closureOf(repository, workspace);
  const culprit = closure.find(({ manifest }) => testing in (manifest.dependencies ?? {}));
  if (culprit) {
    throw new CannotBuild(
      `The image of ${name} would hold packages/testing: ${culprit.folder}/package.json names ${testing} in dependencies; it belongs in devDependencies.`,
    );
  }
  for (const part of closure) await refuseIn(repository, part, name);
}
