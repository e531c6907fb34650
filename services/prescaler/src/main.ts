import { hostname } from 'node:os';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { revocations } from '@guichet/http/revocations';
import { createServiceClient } from '@guichet/http/service-client';
import { createServiceToken } from '@guichet/http/service-token';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createLoop } from '@guichet/loop/loop';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { connectCluster } from './kubernetes/connect-cluster.ts';
import { measure } from './measure.ts';
import { createSales } from './sales/ask-sales.ts';
import { keepWorkedOut } from './sales/keep-worked-out.ts';
import { slotMessages } from './sales/slot-messages.ts';

const service = await startService({ name: 'prescaler', readConfig });
const { config, live, logger, metrics } = service;

const discovery = createStaticDiscovery(config.services);
const token = createServiceToken({
  tokenUrl: config.tokenUrl,
  clientId: config.serviceClientId,
  clientSecret: config.serviceClientSecret,
});
const verifyToken = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const waitingRoom = createServiceClient({ service: 'waiting-room', discovery, token });
const reservation = createServiceClient({ service: 'reservation', discovery, token });
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);

const sales = createSales({
  waitingRoom,
  reservation,
  // Longer than it takes to give everything back.
  keptMs: () => live().holdMinutes * 60_000 + 600_000,
  logger,
});
const cluster = connectCluster({ config, live, identity: hostname(), logger, metrics });
const { workOut } = keepWorkedOut({ sales, cluster, live });
measure({ metrics, workOut, targets: cluster.targets, ageMs: sales.ageMs });

const looking = createLoop({
  turn: async () => {
    await sales.refresh();
    await cluster.keep((targets) => workOut(targets).asked);
  },
  pauseMs: config.pollMs,
  // A season’s slots are opened in one go, and are one look.
  apartMs: Math.min(1_000, config.pollMs),
  onError: (err) => logger.warn({ err }, 'autoscalers could not be looked at; it is tried again'),
});
await bus.subscribe(slotMessages({ wake: looking.wake }));
await bus.subscribe(revocations('prescaler', verifyToken));
cluster.start();
looking.start();

await service.run({
  app: createApp({
    workOut,
    targets: cluster.targets,
    leads: cluster.leads,
    live,
    verifyToken,
    logger,
    metrics,
  }),
  // Nothing that it asks must be up: what it knew last stays right.
  readiness: {},
  stop: async () => {
    await looking.stop();
    await cluster.stop();
    await bus.close();
    await Promise.all([waitingRoom.close(), reservation.close()]);
  },
});
