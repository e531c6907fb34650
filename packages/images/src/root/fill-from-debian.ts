import { globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';
import { closureOf, unpack } from './debian.ts';
import { copyLibraries } from './libraries.ts';

/** Where libraries are, and nothing that a server would not start without. */
const holdsLibraries = /^z?lib(?!.*-perl$|llvm|z3|perl|python)/;

/**
 * Fills an image's root with packages of Debian: those in full whose name matches `whole`, and of
 * all the others that they need the libraries alone, less `without`, patterns of paths.
 */
export async function fillFromDebian(
  root: string,
  {
    packages,
    whole,
    without = [],
  }: { packages: readonly string[]; whole: RegExp; without?: readonly string[] },
): Promise<void> {
  const closure = await closureOf(packages);
  await unpack(
    closure.filter(({ name }) => whole.test(name)),
    root,
  );
  for (const path of globSync([...without], { cwd: root })) {
    rmSync(join(root, path), { recursive: true });
  }
  const others = mkdtempSync(join(tmpdir(), 'guichet-libraries-'));
  try {
    await unpack(
      closure.filter(({ name }) => !whole.test(name) && holdsLibraries.test(name)),
      others,
    );
    await copyLibraries(others, root);
  } finally {
    rmSync(others, { recursive: true, force: true });
  }
}

/** busybox, as every command that it knows: what the servers' scripts are run by. */
export async function linkBusybox(root: string): Promise<void> {
  const commands = await run(join(root, 'bin/busybox'), ['--list']);
  for (const command of commands.split('\n')) {
    if (command !== 'busybox') symlinkSync('busybox', join(root, 'bin', command));
  }
}
