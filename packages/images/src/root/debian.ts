import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { CannotBuild } from '../cannot-build.ts';
import { inRepository } from '../repository.ts';
import { run } from '../run.ts';

const cache = inRepository('.guichet/cache/apt');
const archives = join(cache, 'archives');

/**
 * This machine's sources and keys, and a state of its own that says that nothing is installed: so
 * apt names everything that is needed, and touches nothing of the machine's.
 */
const configuration = `
Dir::State "${cache}";
Dir::State::status "${cache}/status";
Dir::Cache "${cache}";
APT::Install-Recommends "false";
APT::Sandbox::User "";
`;

async function prepare(): Promise<NodeJS.ProcessEnv> {
  if (!(await onPath('apt-get')) || !(await onPath('dpkg-deb'))) {
    throw new CannotBuild(
      'The backing images are made of packages of Debian 12: run make backing-images there.',
    );
  }
  for (const folder of ['lists/partial', 'archives/partial']) {
    mkdirSync(join(cache, folder), { recursive: true });
  }
  writeFileSync(join(cache, 'status'), '');
  writeFileSync(join(cache, 'apt.conf'), configuration);
  const env = { ...process.env, APT_CONFIG: join(cache, 'apt.conf'), LC_ALL: 'C' };
  await run('apt-get', ['update', '-qq'], { env });
  return env;
}
let prepared: Promise<NodeJS.ProcessEnv> | undefined;

export type DebianPackage = { readonly name: string; readonly version: string };

/** The packages and everything that they depend on. */
export async function closureOf(packages: readonly string[]): Promise<DebianPackage[]> {
  prepared ??= prepare();
  const env = await prepared;
  const planned = await run('apt-get', ['install', '--simulate', ...packages], { env }).catch(
    (cause: Error) => {
      throw new CannotBuild(
        `This machine's package sources do not have ${packages.join(', ')}: the backing images are made of packages of Debian 12. ${cause.message}`,
        { cause },
      );
    },
  );
  return [...planned.matchAll(/^Inst (\S+) \((\S+)/gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
}

const archiveOf = ({ name, version }: DebianPackage) => {
  const start = `${name}_${version.replaceAll(':', '%3a')}_`;
  return readdirSync(archives).find((file) => file.startsWith(start) && file.endsWith('.deb'));
};

/** Unpacks packages, and runs nothing of theirs. */
export async function unpack(packages: readonly DebianPackage[], folder: string): Promise<void> {
  const missing = packages.filter((one) => !archiveOf(one));
  if (missing.length > 0) {
    const names = missing.map(({ name, version }) => `${name}=${version}`);
    await run('apt-get', ['download', '-qq', ...names], { cwd: archives, env: await prepared });
  }
  mkdirSync(folder, { recursive: true });
  for (const one of packages) {
    await run('dpkg-deb', ['--extract', join(archives, archiveOf(one) ?? ''), folder]);
  }
  // For people at a terminal, of whom there are none.
  for (const part of ['doc', 'man', 'info', 'lintian', 'locale', 'bug', 'bash-completion']) {
    rmSync(join(folder, 'usr/share', part), { recursive: true, force: true });
  }
}
