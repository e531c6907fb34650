import {
  closeSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CannotBuild } from '../cannot-build.ts';
import { run } from '../run.ts';

/** Whether a file is a program or a library: its first four bytes say so. */
function isElf(file: string): boolean {
  const start = Buffer.alloc(4);
  const handle = openSync(file, 'r');
  readSync(handle, start, 0, 4, 0);
  closeSync(handle);
  return start.equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
}

const elfFilesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isElf);

/** The folders in which a loader of Debian looks for libraries. */
const searched = (folder: string): string[] =>
  ['lib', 'usr/lib'].flatMap((lib) =>
    existsSync(join(folder, lib))
      ? readdirSync(join(folder, lib))
          .filter((name) => name.endsWith('-linux-gnu'))
          .map((triplet) => join(folder, lib, triplet))
      : [],
  );

/** In lib64 where a processor has two kinds of programs. */
function findLoader(folders: readonly string[]): string {
  const [loader] = folders.flatMap((folder) =>
    globSync(['lib64/ld-linux-*', 'lib/ld-linux-*'], { cwd: folder }).map((name) =>
      join(folder, name),
    ),
  );
  if (!loader) throw new Error(`There is no loader in ${folders.join(' or ')}.`);
  return loader;
}

/**
 * Copies from `packages`, where everything that a server's packages depend on is unpacked, the
 * libraries that the programs in `root` are linked to, and the loader. The loader itself names them.
 */
export async function copyLibraries(packages: string, root: string): Promise<void> {
  const loader = findLoader([packages, root]);
  const path = [...searched(packages), ...searched(root)].join(':');
  const needed = new Set(loader.startsWith(packages) ? [loader] : []);
  for (const file of elfFilesIn(root)) {
    // What is not linked dynamically needs nothing, and the loader says so by failing.
    const listed = await run(loader, ['--library-path', path, '--list', file]).catch(() => '');
    const missing = /^\s*(\S+) => not found/m.exec(listed)?.[1];
    if (missing)
      throw new CannotBuild(`${relative(root, file)} needs ${missing}, which no package brought.`);
    for (const [, library = ''] of listed.matchAll(/ => (\/\S+) \(/g)) {
      if (library.startsWith(packages)) needed.add(library);
    }
  }
  for (const library of needed) {
    const copy = join(root, relative(packages, library));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(library, copy);
  }
}
