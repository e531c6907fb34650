import { join } from 'node:path';
import { dockerRuns, startContainer } from '../providers/docker.ts';
import { startMongod, startMongoStandIn } from '../providers/mongo.ts';
import { startDownloadedMongod } from '../providers/mongo-download.ts';
import { onPath } from '../providers/on-path.ts';
import { startEmbeddedPostgres } from '../providers/postgres.ts';
import { notOurs, type Provided } from '../providers/provider.ts';
import { hasRabbit, startRabbit } from '../providers/rabbit.ts';
import { findValkey, startValkey } from '../providers/valkey.ts';
import type { Ports } from './ports.ts';

export type Place = { readonly ports: Ports; readonly data: string; readonly cache: string };
export type Backing = {
  postgres: Provided;
  mongo: Provided;
  messages: Provided;
  valkey: Provided;
};

const given = (name: string): Provided | undefined => {
  const url = process.env[name];
  return url ? { ...notOurs, url, provider: name } : undefined;
};

const postgres = async ({ ports, data }: Place): Promise<Provided> =>
  given('POSTGRES_URL') ??
  (await startEmbeddedPostgres({
    port: ports.postgres,
    folder: join(data, 'postgres'),
    durable: true,
  }));

async function mongo({ ports, data, cache }: Place): Promise<Provided> {
  const url = given('MONGO_URL');
  if (url) return url;
  const port = ports.mongo;
  if (await onPath('mongod')) return startMongod({ port, folder: join(data, 'mongod') });
  if (await dockerRuns()) {
    return startContainer({ image: 'mongo:8.0', port, inner: 27_017, scheme: 'mongodb://' });
  }
  return (
    (await startDownloadedMongod({ port, folder: join(data, 'mongod'), cache })) ??
    startMongoStandIn({ port, cache, file: join(data, 'mongo-stand-in', 'documents.mv') })
  );
}

/** Where there is no RabbitMQ, messages go through PostgreSQL, which there always is. */
async function rabbit({ ports, data }: Place): Promise<Provided | undefined> {
  const url = given('RABBITMQ_URL');
  if (url) return url;
  if (hasRabbit()) return startRabbit({ port: ports.rabbit, folder: join(data, 'rabbitmq') });
  if (await dockerRuns()) {
    return startContainer({
      image: 'rabbitmq:4.1',
      port: ports.rabbit,
      inner: 5_672,
      scheme: 'amqp://guest:guest@',
    });
  }
  return undefined;
}

/** Without a server of its protocol nothing is shared: each gateway counts in its own memory. */
async function valkey({ ports, data }: Place): Promise<Provided> {
  const url = given('VALKEY_URL');
  if (url) return url;
  const port = ports.valkey;
  const program = await findValkey();
  if (program) return startValkey({ program, port, folder: join(data, 'valkey') });
  if (await dockerRuns()) {
    return startContainer({
      image: 'valkey/valkey:8.1',
      port,
      inner: 6_379,
      scheme: 'redis://',
    });
  }
  return { ...notOurs, url: '', provider: 'in memory: limits are per process' };
}

/** Starts what backs the services side by side; when one fails, none is left running. */
export async function startBacking(
  place: Place,
  keep: (server: Provided) => void,
): Promise<Backing> {
  const kept = async <T extends Provided | undefined>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    if (server) keep(server);
    return server;
  };
  const starting = [
    kept(postgres(place)),
    kept(mongo(place)),
    kept(rabbit(place)),
    kept(valkey(place)),
  ] as const;
  // All must have settled before anyone stops what was started, or the slower would be missed.
  await Promise.allSettled(starting);
  const [database, documents, broker, counters] = await Promise.all(starting);
  return {
    postgres: database,
    mongo: documents,
    messages: broker ?? { ...database, ...notOurs, provider: 'pg-boss on PostgreSQL' },
    valkey: counters,
  };
}
