import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { shutdownTelemetry } from '@guichet/telemetry/shutdown';
import { createManagement, type Readiness } from './management.ts';

export type ServerSettings = {
  /** Bytes; Node's own default is 16 kB. */
  readonly maxHeaderSize?: number;
  /** Milliseconds a client may take to send a request. */
  readonly requestTimeout?: number;
  /** PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
};

export type RunningService = {
  readonly url: string;
  readonly managementUrl: string;
  /** Ends the service as SIGTERM does; resolves when everything has ended. */
  drain(): Promise<void>;
};

/** Longer than any caller keeps an idle connection, so that it is the caller who closes it. */
const keepAliveMs = 65_000;

function listener(app: RequestListener, { tls, ...settings }: ServerSettings): Server {
  const options = {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: keepAliveMs + 1_000,
    connectionsCheckingInterval: 1_000,
    ...settings,
  };
  // Headers must come within the time of the whole request.
  if (settings.requestTimeout) {
    options.headersTimeout = Math.min(options.headersTimeout, settings.requestTimeout);
  }
  return tls ? createTlsServer({ ...options, ...tls }, app) : createServer(options, app);
}

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
  let draining: Promise<void> | undefined;
  const server = listener((req, res) => {
    if (draining) res.setHeader('connection', 'close');
    app(req, res);
  }, settings);
  const isDraining = () => draining !== undefined;
  const management = createServer(createManagement({ readiness, isDraining, metrics, configView }));
  const ports = await Promise.all([listen(server, port), listen(management, managementPort)]);

  async function end(): Promise<void> {
    logger.info({ drainMs }, `${name} is draining`);
    await sleep(drainMs);
    const cut = setTimeout(
      () => server.closeAllConnections(),
      Math.max(0, graceMs - drainMs - 3_000),
    );
    server.close();
    server.closeIdleConnections();
    await once(server, 'close');
    clearTimeout(cut);
    await stop();
    management.close();
    management.closeAllConnections();
    await shutdownTelemetry();
    logger.info(`${name} has ended`);
  }
  const drain = () => {
    draining ??= end();
    return draining;
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
