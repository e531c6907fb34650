import { createServer, type IncomingMessage, type Server } from 'node:http';
import { openApiDocument } from '@guichet/contracts/openapi';
import { publicOperations } from '@guichet/contracts/operations';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { knownTokens } from '@guichet/http/known-tokens-test';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { afterEach, beforeEach } from 'vitest';
import { createGateway } from './app.ts';
import { createClientAddress } from './edge/client-address.ts';
import { createOwnPages } from './edge/own-pages.ts';
import { createRateLimits } from './edge/rate-limits.ts';
import { createStreamLimit } from './edge/stream-limit.ts';
import { openGate } from './gate/gate.ts';
import { createAllHealth } from './health/all-health.ts';
import { createForward } from './proxy/forward.ts';
import { createStreams } from './proxy/streams.ts';
import { createRouteTable } from './routing/route-table.ts';
import { createShed } from './upstreams/shed.ts';
import { createUpstreams } from './upstreams/upstreams.ts';

const ownOrigin = 'https://guichet.test';
export const bookingId = '0197a6f0-0000-7000-8000-000000000001';
/** What does not come in so long on a busy machine does not come. */
export const patienceMs = 30_000;

/** A gateway for each test, in front of a service that answers everything. */
export function useGateway() {
  const closing: (() => unknown)[] = [];
  /** What has come to the service, where the gateway is, and what the service says of its queue. */
  const now = {
    seen: [] as IncomingMessage[],
    base: '',
    queueAgeMs: undefined as string | undefined,
  };

  async function listen(server: Server): Promise<string> {
    const { url, close } = await listening(server);
    closing.push(close);
    return url;
  }

  async function start({
    limits = { requestsPerSecond: 1_000, signInsPerMinute: 3 },
    upstreamTimeoutMs = patienceMs,
    requestTimeoutMs = patienceMs,
  } = {}) {
    const service = await listen(
      createServer((req, res) => {
        now.seen.push(req);
        if (now.queueAgeMs) res.setHeader('x-queue-age-ms', now.queueAgeMs);
        if (req.url?.endsWith('/live')) res.writeHead(200).write(': begun\n\n');
        else req.resume().on('end', () => res.end('{}'));
      }),
    );
    const everywhere = publicOperations.map(({ service: name }) => `${name}=${service}`).join(',');
    const upstreams = createUpstreams({
      discovery: createStaticDiscovery(everywhere),
      settings: {
        connections: 8,
        connectTimeoutMs: patienceMs,
        idleMs: 1_000,
        failuresToOpen: 5,
        openMs: 1_000,
      },
    });
    closing.push(() => upstreams.close());
    const metrics = createMetrics({ service: 'gateway' });
    const live = () => ({ bodyLimitBytes: 1_000, keptBodyBytes: 500, queueBudgetMs: 500 });
    const shed = createShed({ upstreams, live, metrics });
    const gateway = createGateway({
      table: createRouteTable(publicOperations),
      shed,
      forward: createForward({
        upstreams,
        streams: createStreams(),
        shed,
        gate: openGate,
        live,
      }),
      limits: createRateLimits(() => limits, { noteSecurityEvent: () => {} }),
      streamLimit: createStreamLimit(() => ({ streamsPerAddress: 2 })),
      tokens: knownTokens((token) =>
        token === 'good' ? { id: 'c', kind: 'customer', permissions: [] } : undefined,
      ),
      ownPages: createOwnPages({
        allHealth: createAllHealth({
          names: ['identity', 'payment'],
          timeoutMs: patienceMs,
          management: createStaticDiscovery(`identity=${service}`),
        }),
        openApi: openApiDocument(publicOperations, { serverUrl: ownOrigin }),
        docs: {
          page: '<html>',
          script: Buffer.from('//'),
          contentSecurityPolicy: "default-src 'none'",
        },
      }),
      addressOf: createClientAddress([]),
      publicUrl: ownOrigin,
      live: () => ({ corsOrigins: ['https://shop.test'], upstreamTimeoutMs }),
      logger: createLogger({ service: 'gateway', level: 'silent' }),
      metrics,
    });
    now.base = await listen(
      createServer(
        {
          maxHeaderSize: 4_096,
          requestTimeout: requestTimeoutMs,
          connectionsCheckingInterval: 200,
        },
        gateway,
      ),
    );
    return metrics;
  }

  beforeEach(async () => {
    now.seen = [];
    await start();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const call = (
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
    body?: string,
  ) => fetch(now.base + path, { method, headers, ...(body === undefined ? {} : { body }) });
  return { now, start, call };
}

export const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
