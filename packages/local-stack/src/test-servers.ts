import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startMongoStandIn } from './providers/mongo.ts';
import { freePorts } from './providers/ports.ts';
import { startEmbeddedPostgres } from './providers/postgres.ts';
import type { Provided } from './providers/provider.ts';
import { startRabbit } from './providers/rabbit.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's servers are. A test makes a database, or virtual host, of its own in them. */
    servers: { postgres: string; mongos: readonly string[]; rabbit: string };
  }
}

const cache = join(import.meta.dirname, '../../../.guichet/cache');

/**
 * One PostgreSQL and one RabbitMQ for a whole run of vitest, and for each of its workers a MongoDB
 * stand-in, so that nobody else comes to it while a test is there. What cannot be started fails the
 * run with a sentence: a test that did not run must not look like one that passed.
 *
 * @public vitest calls it, by the name of this file
 */
export default async function startTestServers(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-test-'));
  const workers = Array.from({ length: project.config.maxWorkers });
  // As root, PostgreSQL runs as a user of its own and must be able to walk through.
  chmodSync(folder, 0o711);
  const started: Provided[] = [];
  const stop = async () => {
    await Promise.allSettled(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const keep = async (starting: Promise<Provided>) => {
    const server = await starting;
    started.push(server);
    return server.url;
  };

  const results = await Promise.allSettled([
    keep(
      startEmbeddedPostgres({
        port: await freePorts(1),
        folder: join(folder, 'pg'),
        durable: false,
      }),
    ),
    keep(startRabbit({ port: await freePorts(4), folder: join(folder, 'rabbit') })),
    ...(await Promise.all(workers.map(() => freePorts(1)))).map((port) =>
      keep(startMongoStandIn({ port, cache })),
    ),
  ]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [postgres = '', rabbit = '', ...mongos] = results.map((result) =>
    result.status === 'fulfilled' ? result.value : '',
  );
  project.provide('servers', { postgres, mongos, rabbit });
  return stop;
}
