import { openApiDocument } from '@guichet/contracts/openapi';
import { publicOperations } from '@guichet/contracts/operations';
import { revocations } from '@guichet/http/revocations';
import { runService } from '@guichet/http/run-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { createGateway } from './app.ts';
import { readConfig } from './config.ts';
import { apiDocs } from './docs/api-docs.ts';
import { createOwnPages } from './edge/own-pages.ts';
import { createRateLimits } from './edge/rate-limits.ts';
import { connectValkey } from './edge/valkey.ts';
import { createAllHealth } from './health/all-health.ts';
import { createForward } from './proxy/forward.ts';
import { createRouteTable } from './routing/route-table.ts';
import { connectDiscovery } from './upstreams/connect-discovery.ts';
import { createUpstreams } from './upstreams/upstreams.ts';

const { values: config, view } = readConfig();
const logger = createLogger({ service: 'gateway', level: config.logLevel });
const metrics = createMetrics({ service: 'gateway' });

const discovery = await connectDiscovery({ config, logger, metrics });
const upstreams = createUpstreams({
  discovery: discovery.services,
  settings: {
    connections: config.upstreamConnections,
    connectTimeoutMs: 1_000,
    idleMs: config.upstreamIdleMs,
    failuresToOpen: config.breakerFailures,
    openMs: config.breakerOpenMs,
  },
});
const tokens = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const bus = await connectBus({ url: config.messagesUrl, logger, metrics });
await bus.subscribe(revocations('gateway', tokens));

const { valkeyUrl, valkeyAnswerMs: answerMs } = config;
const valkey = valkeyUrl ? connectValkey({ url: valkeyUrl, answerMs, logger, metrics }) : undefined;
const names = [...new Set(publicOperations.map(({ service }) => service)), 'notification'].sort();

await runService({
  name: 'gateway',
  app: createGateway({
    table: createRouteTable(publicOperations),
    forward: createForward({ upstreams, settings: config }),
    limits: createRateLimits(config, valkey),
    tokens,
    ownPages: createOwnPages({
      allHealth: createAllHealth({ names, management: discovery.management }),
      openApi: openApiDocument(publicOperations, { serverUrl: config.publicUrl }),
      docs: apiDocs(),
    }),
    settings: config,
    logger,
    metrics,
  }),
  config,
  logger,
  metrics,
  configView: view,
  server: {
    maxHeaderSize: config.maxHeaderBytes,
    requestTimeout: config.requestTimeoutMs,
    ...(config.tlsCert && config.tlsKey
      ? { tls: { cert: config.tlsCert, key: config.tlsKey } }
      : {}),
  },
  readiness: { messages: () => bus.ready() },
  stop: async () => {
    await bus.close();
    await upstreams.close();
    await discovery.services.close();
    await discovery.management.close();
    valkey?.close();
  },
});
