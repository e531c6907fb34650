import { gates as gatesOperation } from '@guichet/contracts/internal-sales';
import { openApiDocument } from '@guichet/contracts/openapi';
import { publicOperations } from '@guichet/contracts/operations';
import { letHeapDouble } from '@guichet/http/heap';
import { revocations } from '@guichet/http/revocations';
import { createServiceClient } from '@guichet/http/service-client';
import { createServiceToken } from '@guichet/http/service-token';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createAdmissions } from '@guichet/line-tokens/line-tokens';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createSecurityEvents } from '@guichet/telemetry/security-events';
import { createGateway } from './app.ts';
import { readConfig } from './config.ts';
import { apiDocs } from './docs/api-docs.ts';
import { createClientAddress } from './edge/client-address.ts';
import { connectLimits } from './edge/connect-limits.ts';
import { createOwnPages } from './edge/own-pages.ts';
import { createRateLimits } from './edge/rate-limits.ts';
import { createStreamLimit } from './edge/stream-limit.ts';
import { createGate, openGate } from './gate/gate.ts';
import { createGates } from './gate/gates.ts';
import { createAllHealth } from './health/all-health.ts';
import { createForward } from './proxy/forward.ts';
import { createStreams } from './proxy/streams.ts';
import { createRouteTable } from './routing/route-table.ts';
import { connectDiscovery } from './upstreams/connect-discovery.ts';
import { createShed } from './upstreams/shed.ts';
import { createUpstreams } from './upstreams/upstreams.ts';

letHeapDouble();
const service = await startService({ name: 'gateway', readConfig });
const { config, live, logger, metrics } = service;

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
const waitingRoom = createServiceClient({
  service: 'waiting-room',
  discovery: discovery.services,
  token: createServiceToken({
    tokenUrl: config.tokenUrl,
    clientId: config.serviceClientId,
    clientSecret: config.serviceClientSecret,
  }),
});
const gates = createGates({ ask: () => waitingRoom.call(gatesOperation, {}), logger, metrics });
const gate = createGate({ gates, verify: createAdmissions(config.lineTokenKeys).verify, metrics });
const hasRooms = config.waitingRoom === 'on';
if (hasRooms) {
  await gates.hear();
  gates.start();
}
const shed = createShed({ upstreams, live, metrics });
const streams = createStreams();
const tokens = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
await bus.subscribe(revocations('gateway', tokens));

const { valkeyUrl, valkeyAnswerMs: answerMs } = config;
const valkey = valkeyUrl ? connectLimits({ url: valkeyUrl, answerMs, logger, metrics }) : undefined;
const noteSecurityEvent = createSecurityEvents({ metrics, logger });
const names = [
  ...new Set(publicOperations.map(({ service }) => service)),
  'notification',
  'web',
].sort();

await service.run({
  app: createGateway({
    table: createRouteTable(publicOperations),
    shed,
    forward: createForward({ upstreams, streams, shed, gate: hasRooms ? gate : openGate, live }),
    limits: createRateLimits(live, { valkey, noteSecurityEvent }),
    streamLimit: createStreamLimit(live),
    tokens,
    ownPages: createOwnPages({
      allHealth: createAllHealth({ names, management: discovery.management }),
      openApi: openApiDocument(publicOperations, { serverUrl: config.publicUrl }),
      docs: apiDocs(),
    }),
    addressOf: createClientAddress(config.trustedProxies),
    publicUrl: config.publicUrl,
    live,
    logger,
    metrics,
  }),
  server: {
    maxHeaderSize: config.maxHeaderBytes,
    requestTimeout: config.requestTimeoutMs,
    ...(config.tlsCert && config.tlsKey
      ? { tls: { cert: config.tlsCert, key: config.tlsKey } }
      : {}),
  },
  // Not the broker: without it a revocation is heard late, by five minutes at most; a door that
  // closes for that would be an outage of everything.
  readiness: hasRooms ? { gates: gates.known } : {},
  endStreams: streams.endAll,
  stop: async () => {
    await gates.stop();
    await waitingRoom.close();
    await bus.close();
    await upstreams.close();
    await discovery.services.close();
    await discovery.management.close();
    valkey?.close();
  },
});
