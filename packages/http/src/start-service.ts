import { createServer } from 'node:http';
import { followConfig } from '@guichet/config/follow-config';
import { type Config, ConfigError } from '@guichet/config/load-config';
import { createLogger, type Logger } from '@guichet/telemetry/logger';
import { createMetrics, type Metrics } from '@guichet/telemetry/metrics';
import { shutdownTelemetry } from '@guichet/telemetry/shutdown';
import { listen } from './listen.ts';
import { createManagement, type Health } from './management.ts';
import { type Built, openDoor } from './open-door.ts';
import { CannotStart, createWaiting } from './waiting.ts';

/** The settings that every service has: those that stay, and those that are live. */
type Common = { port: number; managementPort: number; drainMs: number; graceMs: number };
type CommonLive = { logLevel: string };

export type Service<Fixed, Live> = {
  readonly config: Fixed;
  /** The live settings as they are now. */
  live(): Live;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Tries until it can have what the service cannot start without, and says why it cannot. */
  until<T>(name: string, attempt: () => Promise<T>): Promise<T>;
  /** Opens the door: from here on the service is ready as its checks say. */
  run(built: Built): Promise<void>;
};

/** What an operator has to mend is one sentence in the log, without a stack. */
function refuse(logger: Logger, error: unknown): never {
  if (!(error instanceof ConfigError || error instanceof CannotStart)) throw error;
  logger.fatal(error.message);
  process.exit(1);
}

function readConfigOf<C>(name: string, readConfig: () => C): C {
  try {
    return readConfig();
  } catch (error) {
    return refuse(createLogger({ service: name }), error);
  }
}

function endOnSignals(name: string, logger: Logger, end: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      end().then(
        () => process.exit(0),
        (err: unknown) => {
          logger.error({ err }, `${name} did not end cleanly`);
          process.exit(1);
        },
      );
    });
  }
}

/**
 * Starts a service: its settings, log, metrics, and its management port, which answers from here
 * on, so that an operator sees what the service waits for. `until` waits, `run` opens the door.
 *
 * SIGTERM or SIGINT ends it: at once before `run`, and after it so that no accepted request is
 * lost. Readiness fails while it goes on answering, then the listener closes, what is in flight
 * ends, `stop` ends what the service owns, and telemetry goes last.
 */
export async function startService<Fixed extends Common, Live extends CommonLive>({
  name,
  readConfig,
}: {
  name: string;
  readConfig: () => Config<Fixed, Live>;
}): Promise<Service<Fixed, Live>> {
  const config = readConfigOf(name, readConfig);
  const logger = createLogger({ service: name, level: config.live().logLevel });
  const metrics = createMetrics({ service: name });
  const followLevel = () => {
    logger.level = config.live().logLevel;
  };
  const following = followConfig({ config, logger, metrics, onChange: followLevel });
  const waiting = createWaiting({ logger });
  let door: Awaited<ReturnType<typeof openDoor>> | undefined;

  const starting = (): Health => ({ status: 'starting', failing: waiting.reasons() });
  const health = async () => (door ? door.health() : starting());
  const management = createServer(createManagement({ health, metrics, configView: config.view }));
  endOnSignals(name, logger, async () => {
    // Nobody has been let in, so there is nothing to wait for.
    if (!door) return logger.info(`${name} ends before it has started`);
    logger.info({ drainMs: config.values.drainMs }, `${name} is draining`);
    await door.drain();
    following.stop();
    management.close();
    management.closeAllConnections();
    // A collector that is down is no fault of the service, and keeps nobody from ending.
    await shutdownTelemetry().catch((err: unknown) => logger.warn({ err }, 'spans were lost'));
    logger.info(`${name} has ended`);
  });
  const managementPort = await listen(management, config.values.managementPort);
  logger.info({ managementPort }, `${name} is starting`);

  return {
    config: config.values,
    live: config.live,
    logger,
    metrics,
    until: (what, attempt) =>
      waiting.until(what, attempt).catch((error: unknown) => refuse(logger, error)),
    async run(built) {
      door = await openDoor(built, config.values);
      logger.info({ port: door.port, managementPort }, `${name} is listening`);
    },
  };
}
