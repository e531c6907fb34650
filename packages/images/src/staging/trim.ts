import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotBuild } from '../cannot-build.ts';
import { productionManifest, writeManifest } from './workspaces.ts';

/**
 * Packages that Node never runs: a service hands these files of theirs to browsers, or draws with
 * them. What they depend on is compiled into the files, so it is not installed (it would be 220 MB
 * in the gateway's image), and the other fonts of a family would be 11 MB in reservation's.
 */
const servedAsFiles: Readonly<Record<string, readonly string[]>> = {
  '@scalar/api-reference': ['dist/browser/standalone.js'],
  'dejavu-fonts-ttf': ['ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf'],
};

/** Read by compilers and debuggers alone; a third of what npm installs. */
const neverLoaded = /(\.map|\.d\.[cm]?ts|\.tsbuildinfo)$/;

export type Lock = { readonly packages: Readonly<Record<string, object>> };

function withoutDependencies<T extends object>(described: T): T {
  const { dependencies: _, ...rest } = described as T & { dependencies?: unknown };
  return rest as T;
}

/** The lock file less what the packages that are only served depend on. */
export function trimLock(lock: Lock): Lock {
  const served = new Set(Object.keys(servedAsFiles).map((name) => `node_modules/${name}`));
  const packages = Object.entries(lock.packages).map(([path, locked]) => [
    path,
    served.has(path) ? withoutDependencies(locked) : locked,
  ]);
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** Leaves of a package the files that are served, its licence and its package.json. */
function keepServed(folder: string, files: readonly string[]): void {
  const kept = `${folder}.kept`;
  const licences = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  for (const file of [...files, ...licences]) {
    if (!existsSync(join(folder, file))) {
      throw new CannotBuild(`${folder} has no ${file} any more: say in trim.ts what is served.`);
    }
    mkdirSync(dirname(join(kept, file)), { recursive: true });
    copyFileSync(join(folder, file), join(kept, file));
  }
  writeManifest(kept, withoutDependencies(productionManifest(folder)));
  rmSync(folder, { recursive: true });
  renameSync(kept, folder);
}

/** Takes out of `node_modules` what no process loads. Licences stay. */
export function trimModules(modules: string): void {
  for (const [name, files] of Object.entries(servedAsFiles)) {
    if (existsSync(join(modules, name))) keepServed(join(modules, name), files);
  }
  for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
    const needless = entry.isFile() ? neverLoaded.test(entry.name) : entry.name === '.bin';
    if (needless) rmSync(join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}
