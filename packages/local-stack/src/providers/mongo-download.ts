import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { startMongod } from './mongo.ts';
import type { Provided } from './provider.ts';

/** A download that has not begun by then is not allowed here, or not worth waiting for. */
const patienceMs = 60_000;

/**
 * A real mongod, downloaded once by mongodb-memory-server; `undefined` where it cannot be had. That
 * it could not is remembered beside the cache, so that the next start does not wait for it again.
 */
export async function startDownloadedMongod({
  port,
  folder,
  cache,
}: {
  port: number;
  folder: string;
  cache: string;
}): Promise<Provided | undefined> {
  const refused = join(cache, 'mongod-not-to-be-had');
  if (existsSync(refused)) return undefined;
  mkdirSync(cache, { recursive: true });
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), patienceMs);
  const binary = await Promise.race([
    MongoBinary.getPath({ version: '8.0.12', downloadDir: join(cache, 'mongod') }).catch(
      () => undefined,
    ),
    late.promise,
  ]);
  clearTimeout(timer);
  if (binary) return startMongod({ binary, port, folder });

  writeFileSync(refused, 'mongod could not be downloaded; remove this file to try again.\n');
  return undefined;
}
