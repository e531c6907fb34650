import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from './child.ts';
import { untilListening } from './ports.ts';
import { CannotProvide, type Provided } from './provider.ts';

const run = promisify(execFile);
const source = join(import.meta.dirname, '../../mongo-stand-in');
const sources = ['pom.xml', 'Main.java'];
const howElse =
  'install a JDK 17 and Maven (Debian: apt-get install openjdk-17-jdk-headless maven), or set MONGO_URL to a MongoDB of yours';

const compiling = new Map<string, Promise<string>>();

/**
 * The folder of MongoDB's stand-in: `out` has its class, `lib` its libraries. Compiled once a
 * checkout, whoever asks at the same time: Maven brings the libraries, and two of it spoil each
 * other's; javac makes the one class.
 */
export async function compiledStandIn(cache: string): Promise<string> {
  const digest = createHash('sha256');
  for (const name of sources) digest.update(readFileSync(join(source, name)));
  const folder = join(cache, `mongo-stand-in-${digest.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;

  const underWay = compiling.get(folder);
  if (underWay) return underWay;
  const compiled = compileInto(folder).finally(() => compiling.delete(folder));
  compiling.set(folder, compiled);
  return compiled;
}

async function compileInto(folder: string): Promise<string> {
  mkdirSync(dirname(folder), { recursive: true });
  // Of its own: another process may be at the same.
  const making = mkdtempSync(`${folder}.`);
  mkdirSync(join(making, 'out'));
  for (const name of sources) copyFileSync(join(source, name), join(making, name));
  try {
    await run(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(making, 'lib')}`],
      { cwd: making, timeout: 300_000 },
    );
    await run('javac', ['-cp', 'lib/*', '-d', 'out', 'Main.java'], {
      cwd: making,
      timeout: 60_000,
    });
  } catch (cause) {
    rmSync(making, { recursive: true, force: true });
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CannotProvide(
      missing
        ? `MongoDB's stand-in cannot be built here: ${howElse}.`
        : `MongoDB's stand-in could not be built (${(cause as Error).message.trim()}): ${howElse}.`,
      { cause },
    );
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    // Somebody else was quicker; theirs is the same.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** A real mongod, with its documents in `folder`. */
export async function startMongod({
  binary = 'mongod',
  port,
  folder,
}: {
  binary?: string;
  port: number;
  folder: string;
}): Promise<Provided> {
  mkdirSync(folder, { recursive: true });
  const child = startChild(
    binary,
    ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'],
    {},
  );
  try {
    await untilListening(port, { waitMs: 60_000, gaveUp: child.ended });
  } catch (cause) {
    await child.stop(1_000);
    throw new Error(`mongod did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `mongodb://127.0.0.1:${port}`,
    provider: 'mongod',
    stop: () => child.stop(15_000),
    ended: child.ended,
  };
}

/** Speaks MongoDB's protocol, on documents in memory or in `file`: for development and tests only. */
export async function startMongoStandIn({
  port,
  cache,
  file,
  metricsPort,
}: {
  port: number;
  cache: string;
  file?: string;
  /** Where it tells Prometheus that it is up; nowhere, if not given. */
  metricsPort?: number;
}): Promise<Provided> {
  const folder = await compiledStandIn(cache);
  if (file) mkdirSync(dirname(file), { recursive: true });
  const child = startChild(
    'java',
    [
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-cp',
      'out:lib/*',
      'Main',
      String(port),
      file ?? '',
      ...(metricsPort ? [String(metricsPort)] : []),
    ],
    { cwd: folder },
  );
  try {
    const listening = [port, ...(metricsPort ? [metricsPort] : [])].map((one) =>
      untilListening(one, { waitMs: 60_000, gaveUp: child.ended }),
    );
    await Promise.all(listening);
  } catch (cause) {
    await child.stop(1_000);
    throw new Error(`MongoDB's stand-in did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `mongodb://127.0.0.1:${port}`,
    provider: 'mongo-java-server',
    stop: () => child.stop(15_000),
    ended: child.ended,
  };
}
