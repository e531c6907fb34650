import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { revocations } from '@guichet/http/revocations';
import { createServiceClient } from '@guichet/http/service-client';
import { createServiceToken } from '@guichet/http/service-token';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { connectBus } from '@guichet/messaging/connect-bus';
import { connectMongo } from '@guichet/mongo/connect';
import { outboxIndex } from '@guichet/mongo/ensure-indexes';
import { mongoIdempotencyStore } from '@guichet/mongo/idempotency-store';
import { createMongoRelay } from '@guichet/mongo/relay';
import { createSweeper, sweeperIndexes } from '@guichet/mongo/sweeper';
import { createProviderCalls } from '@guichet/telemetry/provider-calls';
import { createSecurityEvents } from '@guichet/telemetry/security-events';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { beginPaying } from './payments/begin-paying.ts';
import { closePayment } from './payments/close-payment.ts';
import { countPayments } from './payments/count-payments.ts';
import { ledger } from './payments/ledger.ts';
import { measurePayments } from './payments/measure-payments.ts';
import { paymentCollection, paymentStore } from './payments/payment-store.ts';
import { intentsOf } from './provider/intents.ts';
import { createStripe } from './provider/stripe-client.ts';
import { giveBack } from './refunds/give-back.ts';
import { refundMessages } from './refunds/refund-messages.ts';
import { createReconciliation } from './webhooks/reconcile.ts';
import { takeEvent } from './webhooks/take-event.ts';

const service = await startService({ name: 'payment', readConfig });
const { config, logger, metrics } = service;

const mongo = await service.until('mongo', () =>
  connectMongo({
    url: config.mongoUrl,
    database: config.mongoDatabase,
    applicationName: 'payment',
    indexes: {
      [paymentCollection]: [
        outboxIndex,
        { key: { updatedAt: 1 } },
        { key: { status: 1, updatedAt: 1 } },
      ],
      ledger: [{ key: { paymentId: 1, at: 1 } }],
      ...sweeperIndexes,
    },
    logger,
  }),
);
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const discovery = createStaticDiscovery(config.services);
const reservation = createServiceClient({
  service: 'reservation',
  discovery,
  token: createServiceToken({
    tokenUrl: config.tokenUrl,
    clientId: config.serviceClientId,
    clientSecret: config.serviceClientSecret,
  }),
});
const tokens = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});

const stripe = createStripe({
  secretKey: config.stripeSecretKey,
  apiUrl: config.stripeApiUrl,
  calls: createProviderCalls('stripe', metrics),
});
const store = paymentStore(mongo.db, countPayments(metrics));
measurePayments({ store, metrics });
const intents = intentsOf(stripe, logger);
const refunds = giveBack({ store, stripe });
const events = takeEvent({ store, intents, refunds });
const relay = createMongoRelay({
  db: mongo.db,
  collections: [paymentCollection],
  bus,
  logger,
  metrics,
  beforePublish: ledger(mongo.db).record,
});
const sweeper = createSweeper({ db: mongo.db, logger });
const reconciliation = createReconciliation({
  db: mongo.db,
  stripe,
  store,
  intents,
  refunds,
  takeEvent: events,
  logger,
  everyMs: config.reconcileMs,
  stuckAfterMs: config.stuckAfterMs,
});

await bus.subscribe(revocations('payment', tokens));
await bus.subscribe(refundMessages({ store, refunds }));
relay.start();
reconciliation.start();
sweeper.start();

await service.run({
  app: createApp({
    store,
    beginPaying: beginPaying({ store, intents, reservation }),
    closePayment: closePayment({ store, intents }),
    refunds,
    reservation,
    publishableKey: config.stripePublishableKey,
    stripe,
    webhookSecrets: config.stripeWebhookSecrets,
    takeEvent: events,
    noteSecurityEvent: createSecurityEvents({ metrics, logger }),
    verifyToken: tokens,
    idempotencyStore: mongoIdempotencyStore(mongo.db),
    logger,
    metrics,
  }),
  // Not the broker: what happens meanwhile is kept in the documents and told later.
  readiness: { mongo: () => mongo.ping() },
  stop: async () => {
    await reconciliation.stop();
    await Promise.all([relay.stop(), sweeper.stop()]);
    await bus.close();
    await Promise.all([reservation.close(), discovery.close(), mongo.close()]);
  },
});
