import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
};

export type Workspace = {
  /** Its folder in the repository: `packages/http`. */
  readonly folder: string;
  /** Its package.json, less what only development needs. */
  readonly manifest: Manifest;
};

/** A package.json without its devDependencies. */
export function productionManifest(folder: string): Manifest {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { devDependencies: _, ...manifest } = JSON.parse(text) as Manifest;
  return manifest;
}

export function writeManifest(folder: string, manifest: Manifest): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function readWorkspaces(repository: string): Map<string, Workspace> {
  const found = new Map<string, Workspace>();
  for (const parent of ['packages', 'services']) {
    for (const name of readdirSync(join(repository, parent)).sort()) {
      const folder = `${parent}/${name}`;
      const manifest = productionManifest(join(repository, folder));
      found.set(manifest.name, { folder, manifest });
    }
  }
  return found;
}

/** A workspace and every other one that it needs in production, itself first. */
export function closureOf(repository: string, folder: string): Workspace[] {
  const all = readWorkspaces(repository);
  const own = [...all.values()].find((workspace) => workspace.folder === folder);
  if (!own) throw new Error(`There is no workspace ${folder}.`);

  const closure = new Set<Workspace>();
  const add = (workspace: Workspace) => {
    if (closure.has(workspace)) return;
    closure.add(workspace);
    for (const name of Object.keys(workspace.manifest.dependencies ?? {})) {
      const needed = all.get(name);
      if (needed) add(needed);
    }
  };
  add(own);
  return [...closure];
}
