import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { revocations } from '@guichet/http/revocations';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createKeyRing } from '@guichet/keys/key-ring';
import { connectBus } from '@guichet/messaging/connect-bus';
import { connectMongo } from '@guichet/mongo/connect';
import { mongoIdempotencyStore } from '@guichet/mongo/idempotency-store';
import { createMongoRelay } from '@guichet/mongo/relay';
import { createSweeper } from '@guichet/mongo/sweeper';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { indexes } from './indexes.ts';
import { quoteKeyStore } from './keys/quote-key-store.ts';
import { slotDateStore } from './offerings/slot-date-store.ts';
import { slotMessages } from './offerings/slot-messages.ts';

const service = await startService({ name: 'catalog', readConfig });
const { config, logger, metrics } = service;

const mongo = await service.until('mongo', () =>
  connectMongo({
    url: config.mongoUrl,
    database: config.mongoDatabase,
    applicationName: 'catalog',
    indexes,
    logger,
  }),
);
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const discovery = createStaticDiscovery(config.services);
const tokens = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const keys = createKeyRing({
  store: quoteKeyStore(mongo.db),
  sealingKey: Buffer.from(config.sealingKey, 'base64'),
  rotateAfterMs: config.quoteKeyDays * 24 * 3_600_000,
});
const relay = createMongoRelay({
  db: mongo.db,
  collections: ['organisers', 'offerings'],
  bus,
  logger,
  metrics,
});
const sweeper = createSweeper({ db: mongo.db, logger });

await bus.subscribe(slotMessages({ slotDates: slotDateStore(mongo.db) }));
await bus.subscribe(revocations('catalog', tokens));
relay.start();
sweeper.start();

await service.run({
  app: createApp({
    db: mongo.db,
    keys,
    published: () => relay.wake(),
    logger,
    metrics,
    verifyToken: tokens,
    idempotencyStore: mongoIdempotencyStore(mongo.db),
  }),
  // Not the broker: what happens meanwhile is kept in the documents and told later.
  readiness: { mongo: () => mongo.ping() },
  stop: async () => {
    await Promise.all([relay.stop(), sweeper.stop()]);
    await bus.close();
    await Promise.all([discovery.close(), mongo.close()]);
  },
});
