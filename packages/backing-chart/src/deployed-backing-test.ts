import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type Client,
  mongoClient,
  postgresClient,
  rabbitClient,
  s3Client,
  throughPort,
  valkeyClient,
} from './clients.ts';
import { forward, kubectl } from './cluster.ts';
import { chart, tool } from './helm.ts';

/** Which images: `offline` as `make backing-images` builds them, or `upstream`, which are pulled. */
export const images = process.env.BACKING_IMAGES ?? 'offline';
export const given = images === 'upstream' ? [] : ['-f', join(chart, `values-${images}.yaml`)];
/** Without values-kind.yaml, whose ports of the node another release may have. */
export const standIns = [
  '--set',
  `standIns.enabled=true,standIns.image.tag=${process.env.TAG ?? 'dev'}`,
];

export const namespace = `backing-${randomBytes(3).toString('hex')}`;
export const release = 'guichet-backing';
export const ports = {
  postgres: 5432,
  mongo: 27017,
  rabbitmq: 5672,
  valkey: 6379,
  s3: 7070,
} as const;
export type Server = keyof typeof ports;
export const servers = Object.keys(ports) as Server[];
/** Pods beside the servers': the offline MongoDB tells about itself, as RabbitMQ does. */
export const exporters = images === 'upstream' ? 3 : 2;
/** How whoever tells about a server says that it is up. */
export const up = {
  postgres: /^pg_up 1$/m,
  mongo: /^mongodb_up(\{.*\})? 1$/m,
  rabbitmq: /^rabbitmq_erlang_uptime_seconds [1-9]/m,
  valkey: /^redis_up 1$/m,
} as const;

export const helm = (...args: string[]) => tool('helm', ['-n', namespace, ...args]);
export const inNamespace = (...args: string[]) => kubectl('-n', namespace, ...args);
export const deploy = (verb: 'install' | 'upgrade', ...more: string[]) =>
  helm(verb, release, chart, ...given, ...standIns, ...more, '--wait', '--timeout', '5m').catch(
    async (cause: Error) => {
      // Helm says who was not ready, and nothing of why.
      throw new Error(`${cause.message}\n${await inNamespace('get', 'pods')}`, { cause });
    },
  );

export async function secrets(): Promise<Record<string, Record<string, string>>> {
  const { items } = JSON.parse(await inNamespace('get', 'secrets', '-o', 'json'));
  return Object.fromEntries(
    items
      .filter(({ type }: { type: string }) => type === 'Opaque')
      .map(({ metadata, data }: { metadata: { name: string }; data: Record<string, string> }) => [
        metadata.name,
        Object.fromEntries(
          Object.entries(data).map(([key, value]) => [
            key,
            Buffer.from(value, 'base64').toString(),
          ]),
        ),
      ]),
  );
}
export async function secret(name: string): Promise<Record<string, string>> {
  return (await secrets())[name] ?? {};
}

export type Pod = {
  metadata: { name: string; uid: string };
  status: { containerStatuses: { ready: boolean; restartCount: number }[] };
};
export async function pods(): Promise<Pod[]> {
  const selector = `app.kubernetes.io/instance=${release},app.kubernetes.io/name!=test`;
  return JSON.parse(await inNamespace('get', 'pods', '-l', selector, '-o', 'json')).items;
}

/** Talks to a server with the credentials of the service that uses it. */
export async function withClient<T>(
  server: Server,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { port, stop } = await forward(namespace, `guichet-${server}`, ports[server]);
  const moved = (url: string | undefined) => throughPort(url ?? '', port);
  const all = await secrets();
  const clients: Record<Server, () => Client> = {
    postgres: () => postgresClient(moved(all['guichet-identity']?.DATABASE_URL)),
    mongo: () => mongoClient(moved(all['guichet-catalog']?.MONGO_URL)),
    rabbitmq: () => rabbitClient(moved(all['guichet-reservation']?.MESSAGES_URL)),
    valkey: () => valkeyClient(moved(all['guichet-gateway']?.VALKEY_URL)),
    s3: () =>
      s3Client(`http://127.0.0.1:${port}`, {
        accessKey: all['guichet-s3']?.accessKey ?? '',
        secretKey: all['guichet-s3']?.secretKey ?? '',
      }),
  };
  try {
    return await work(clients[server]());
  } finally {
    stop();
  }
}
export const words = () =>
  Promise.all(servers.map((server) => withClient(server, (client) => client.read())));
export const word = 'remembered';
