import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seedDemo } from '../demo/seed-demo.ts';
import { startMongoStandIn } from '../providers/mongo.ts';
import { freePorts } from '../providers/ports.ts';
import { startEmbeddedPostgres } from '../providers/postgres.ts';
import type { Provided } from '../providers/provider.ts';
import { startRabbit } from '../providers/rabbit.ts';
import { createLogLines, type LogLines } from '../stack/log-lines.ts';
import { type StartedStack, startStack } from '../stack/start-stack.ts';
import { trusting } from '../stack/trusting.ts';

/** A server that a test stops and starts again, with what it kept. */
export type Stoppable = { url: string; stop(): Promise<void>; start(): Promise<void> };

/** A line of a service's log. */
export type LogRecord = { readonly service: string; readonly msg: string } & Record<
  string,
  unknown
>;

export type OwnStack = {
  stack: StartedStack;
  /** Where `stack.json` is. */
  stackFile: string;
  postgres: Stoppable;
  rabbit: Stoppable | undefined;
  /** Every line that the processes wrote. */
  lines: string[];
  /** The same of those that are JSON, as they are. */
  records: LogRecord[];
  end(): Promise<void>;
};

export type OwnStackOptions = {
  /** What carries the messages: RabbitMQ, or PostgreSQL where there is none. */
  messages: 'rabbit' | 'postgres';
  https: boolean;
  env: Record<string, string>;
};

const cache = join(import.meta.dirname, '../../../../.guichet/cache');

/** `startStack` takes up to a hundred and six, this stack's own servers stand among them. */
const portsTaken = 110;

const stoppable = async (launch: () => Promise<Provided>): Promise<Stoppable> => {
  let running = await launch();
  return {
    url: running.url,
    stop: () => running.stop(),
    start: async () => {
      running = await launch();
    },
  };
};

/** Side by side; when one does not start, the others are stopped again. */
const startServers = async (base: number, folder: string, { messages }: OwnStackOptions) => {
  const starting = [
    stoppable(() =>
      startEmbeddedPostgres({ port: base + 30, folder: join(folder, 'postgres'), durable: true }),
    ),
    stoppable(() => startMongoStandIn({ port: base + 35, cache })),
    messages === 'rabbit'
      ? stoppable(() => startRabbit({ port: base + 31, folder: join(folder, 'rabbit') }))
      : undefined,
  ] as const;
  const settled = await Promise.allSettled(starting);
  const stop = async () => {
    await Promise.all(
      settled.map((server) => (server.status === 'fulfilled' ? server.value?.stop() : undefined)),
    );
  };
  try {
    const [postgres, mongo, rabbit] = await Promise.all(starting);
    return { postgres, mongo, rabbit, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** As `startStack` names the database for messages where there is no RabbitMQ. */
const messagesIn = (postgres: string): string => {
  const url = new URL(postgres);
  url.pathname = '/guichet_messages';
  return url.href;
};

/** The whole stack with its demo, as `make start` starts it, on ports and in a folder of its own. */
export const startOwnStack = async (options: OwnStackOptions): Promise<OwnStack> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-e2e-'));
  // As root, PostgreSQL runs as a user of its own and must be able to walk through.
  chmodSync(folder, 0o711);
  const base = await freePorts(portsTaken);
  const servers = await startServers(base, folder, options);
  const { postgres, mongo, rabbit } = servers;
  process.env.POSTGRES_URL = postgres.url;
  process.env.MONGO_URL = mongo.url;
  process.env.RABBITMQ_URL = rabbit?.url ?? 'amqp://127.0.0.1:1';
  const env = rabbit ? options.env : { ...options.env, MESSAGES_URL: messagesIn(postgres.url) };

  const lines: string[] = [];
  const records: LogRecord[] = [];
  const readable = createLogLines(
    (line) => void lines.push(line),
    (text) => text,
  );
  const logs: LogLines = (name, ...streams) => {
    readable(name, ...streams);
    for (const input of streams) {
      if (!input) continue;
      createInterface({ input }).on('line', (line) => {
        if (line.startsWith('{"level"')) records.push(JSON.parse(line));
      });
    }
  };
  let stack: StartedStack | undefined;
  const end = async () => {
    await stack?.stop();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    stack = await startStack({ portBase: base, folder, https: options.https, logs, env });
    const { gateway, certificate } = stack.stack;
    const fetch = trusting(certificate);
    await seedDemo({ gatewayUrl: gateway, secrets: stack.secrets, fetch });
    return { stack, stackFile: join(folder, 'stack.json'), postgres, rabbit, lines, records, end };
  } catch (error) {
    process.stderr.write(`${lines.slice(-100).join('\n')}\n`);
    await end();
    throw error;
  }
};
