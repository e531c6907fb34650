import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { untilListening } from './ports.ts';
import { CannotProvide, type Provided } from './provider.ts';

/** Debian's own script, and not the one on the PATH: that one changes to the user `rabbitmq`. */
const debianScript = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export const hasRabbit = (): boolean => existsSync(debianScript);

export type RabbitOptions = {
  /** AMQP at `port`, then management, distribution and epmd at the next three. */
  readonly port: number;
  readonly folder: string;
  /** Where its plugin tells Prometheus about it; nowhere, if not given. */
  readonly metricsPort?: number;
};

/** RabbitMQ from Debian's package, as any user, everything it writes in one folder. */
export async function startRabbit({ port, folder, metricsPort }: RabbitOptions): Promise<Provided> {
  if (!hasRabbit()) {
    throw new CannotProvide('RabbitMQ is not installed: apt-get install rabbitmq-server.');
  }
  mkdirSync(folder, { recursive: true });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [management, distribution, epmd] = [port + 1, port + 2, port + 3];
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    RABBITMQ_NODENAME: `guichet-${port}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: file(
      'rabbitmq.conf',
      [
        `listeners.tcp.1 = 127.0.0.1:${port}`,
        'management.tcp.ip = 127.0.0.1',
        `management.tcp.port = ${management}`,
        // A laptop's nearly full disk must not block publishing.
        'disk_free_limit.absolute = 50MB',
        ...(metricsPort
          ? ['prometheus.tcp.ip = 127.0.0.1', `prometheus.tcp.port = ${metricsPort}`]
          : []),
        '',
      ].join('\n'),
    ),
    RABBITMQ_ENABLED_PLUGINS_FILE: file(
      'enabled_plugins',
      `[rabbitmq_management${metricsPort ? ',rabbitmq_prometheus' : ''}].\n`,
    ),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
  const child = startChild(debianScript, [], { env, cwd: folder });
  const stop = async () => {
    await child.stop(30_000);
    await stopEpmd(epmd, env);
  };
  try {
    await untilListening(port, { waitMs: 60_000, gaveUp: child.ended });
  } catch (cause) {
    await stop();
    throw new Error(`RabbitMQ did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    provider: 'rabbitmq-server',
    stop,
    ended: child.ended,
  };
}

/** epmd outlives the node that started it; this one is ours alone, on a port of its own. */
async function stopEpmd(port: number, env: NodeJS.ProcessEnv): Promise<void> {
  const { ended } = startChild('epmd', ['-port', String(port), '-kill'], { env });
  await ended;
}
