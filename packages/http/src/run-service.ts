import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { shutdownTelemetry } from '@guichet/telemetry/shutdown';
import { createDrainingServer, type ServerSettings } from './draining-server.ts';
import { createManagement, type Readiness } from './management.ts';

export type RunningService = {
  readonly url: string;
  readonly managementUrl: string;
  /** Ends the service as SIGTERM does; resolves when everything has ended. */
  drain(): Promise<void>;
};

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Runs a service until SIGTERM or SIGINT, and ends it so that no accepted request is lost:
 * readiness fails at once while it goes on answering for `drainMs`, replies say `Connection: close`,
 * then the listener closes, what is in flight ends, `stop` ends what the service owns, and
 * telemetry goes last. What has not ended 3 s before `graceMs` is cut off.
 */
export async function runService({
  name,
  app,
  config: { port, managementPort, drainMs, graceMs },
  logger,
  metrics,
  configView,
  readiness,
  stop,
  server: settings = {},
}: {
  name: string;
  app: RequestListener;
  config: { port: number; managementPort: number; drainMs: number; graceMs: number };
  logger: Logger;
  metrics: Metrics;
  configView: () => unknown;
  readiness: Readiness;
  stop: () => Promise<void>;
  server?: ServerSettings;
}): Promise<RunningService> {
  const door = createDrainingServer(app, settings);
  const management = createServer(
    createManagement({ readiness, isDraining: () => door.isDraining, metrics, configView }),
  );
  const ports = await Promise.all([listen(door.server, port), listen(management, managementPort)]);

  async function end(): Promise<void> {
    logger.info({ drainMs }, `${name} is draining`);
    door.drain();
    await sleep(drainMs);
    await door.close(Math.max(0, graceMs - drainMs - 3_000));
    await stop();
    management.close();
    management.closeAllConnections();
    await shutdownTelemetry();
    logger.info(`${name} has ended`);
  }
  let ended: Promise<void> | undefined;
  const drain = () => {
    ended ??= end();
    return ended;
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      drain().then(
        () => process.exit(0),
        (err: unknown) => {
          logger.error({ err }, `${name} did not end cleanly`);
          process.exit(1);
        },
      );
    });
  }
  logger.info({ port: ports[0], managementPort: ports[1] }, `${name} is listening`);
  return {
    url: `${settings.tls ? 'https' : 'http'}://127.0.0.1:${ports[0]}`,
    managementUrl: `http://127.0.0.1:${ports[1]}`,
    drain,
  };
}
