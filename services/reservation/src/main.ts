import { join } from 'node:path';
import { quoteKeys } from '@guichet/contracts/quotes';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { letHeapDouble } from '@guichet/http/heap';
import { revocations } from '@guichet/http/revocations';
import { createServiceClient } from '@guichet/http/service-client';
import { createServiceToken } from '@guichet/http/service-token';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { connectBus } from '@guichet/messaging/connect-bus';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import { createPool, ping } from '@guichet/postgres/pool';
import { createRelay } from '@guichet/postgres/relay';
import { requiredSchema } from '@guichet/postgres/required-schema';
import { createSweeper } from '@guichet/postgres/sweeper';
import { createManageTokens } from './access/manage-token.ts';
import { createApp } from './app.ts';
import { bookingMessages } from './bookings/booking-messages.ts';
import { confirmBooking } from './bookings/confirm-booking.ts';
import { measureMoney } from './bookings/measure-money.ts';
import { readConfig } from './config.ts';
import { askPayment } from './holds/ask-payment.ts';
import { measureHolds } from './holds/measure-holds.ts';
import { runDueFences } from './holds/run-due-fences.ts';
import { runFence } from './holds/run-fence.ts';
import { sweepHolds } from './holds/sweep-holds.ts';
import { createLiveFeeds } from './live/live-feeds.ts';
import { askCatalog, askOrganiser } from './offerings/ask-catalog.ts';
import { offeringMessages } from './offerings/offering-messages.ts';
import { organiserMessages } from './offerings/organiser-messages.ts';
import { startPassPages } from './passes/pass-pages.ts';
import { createPassSigners } from './passes/pass-signer.ts';
import { rotatePassKeys } from './passes/rotate-pass-keys.ts';
import { forgetKeys } from './placing/forget-keys.ts';
import { keptQuoteKeys } from './quotes/kept-quote-keys.ts';
import { createQuoteKeys } from './quotes/quote-keys.ts';
import { verifyQuote } from './quotes/verify-quote.ts';
import { listAvailability } from './slots/list-availability.ts';
import { measureOversold } from './slots/measure-oversold.ts';
import { startSweeper } from './sweeper.ts';
import { askQuote } from './waiting-list/ask-quote.ts';
import { measureWaitingList } from './waiting-list/measure-waiting-list.ts';
import { offerPlaces } from './waiting-list/offer-places.ts';
import { waitingListStore } from './waiting-list/waiting-list-store.ts';

letHeapDouble();
const service = await startService({ name: 'reservation', readConfig });
const { config, live, logger, metrics } = service;

const pool = createPool({
  url: config.databaseUrl,
  applicationName: 'reservation',
  max: config.databaseConnections,
  logger,
  metrics,
});
const folder = join(import.meta.dirname, '../migrations');
await service.until('schema', requiredSchema({ pool, url: config.databaseUrl, folder }));
const discovery = createStaticDiscovery(config.services);
const token = createServiceToken({
  tokenUrl: config.tokenUrl,
  clientId: config.serviceClientId,
  clientSecret: config.serviceClientSecret,
});
const catalog = createServiceClient({ service: 'catalog', discovery, token });
const payment = createServiceClient({ service: 'payment', discovery, token, timeoutMs: 10_000 });
const verifyToken = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});

const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const relay = createRelay({ pool, bus, logger, metrics });
const told = relay.wake;
const graceMs = config.holdGraceMs;
const manageTokens = createManageTokens(config.manageTokenKeys);
const passSigners = createPassSigners({ pool, sealingKey: config.sealingKey });
const passPages = startPassPages();
const keys = createQuoteKeys({
  ...keptQuoteKeys({ pool, fetchKeys: () => catalog.call(quoteKeys, {}), logger }),
  logger,
});
const liveFeeds = createLiveFeeds({
  listAvailability: listAvailability({ pool, live }),
  mostListeners: config.liveListeners,
  logger,
  metrics,
});
const fence = runFence({ pool, graceMs, told, logger, closePayment: askPayment(payment) });

await bus.subscribe(offeringMessages({ pool }));
await bus.subscribe(organiserMessages({ pool }));
await bus.subscribe(
  bookingMessages({
    pool,
    measure: measureMoney(metrics),
    logger,
    confirmBooking: confirmBooking({
      pool,
      manageTokens,
      graceMs,
      told,
      passSignerOf: passSigners.signerOf,
    }),
  }),
);
await bus.subscribe(revocations('reservation', verifyToken));
void keys.start();
measureHolds({ pool, graceMs, metrics });
measureOversold({ pool, metrics });
const waitingList = {
  askQuote: askQuote(catalog),
  verifyQuote: verifyQuote({ keyOf: keys.keyOf }),
  measure: measureWaitingList({ pool, metrics }),
};
relay.start();
liveFeeds.start();
const sweepers = [
  startSweeper({
    sweep: sweepHolds({ pool, graceMs, told }),
    everyMs: config.sweepMs,
    logger,
  }),
  startSweeper({
    sweep: runDueFences({ pool, runFence: fence, graceMs }),
    everyMs: config.sweepMs,
    logger,
  }),
  startSweeper({
    sweep: offerPlaces({ ...waitingList, pool, manageTokens, live, graceMs, told, logger }),
    everyMs: config.sweepMs,
    logger,
  }),
  startSweeper({ sweep: forgetKeys({ pool }), everyMs: 60_000, logger }),
  startSweeper({
    sweep: () => waitingListStore(pool).forgetOver(1_000),
    everyMs: 60_000,
    logger,
  }),
  startSweeper({
    sweep: rotatePassKeys({ pool, sealingKey: config.sealingKey, keyDays: config.passKeyDays }),
    everyMs: 3_600_000,
    logger,
  }),
];
const keySweeper = createSweeper({ pool, logger });
keySweeper.start();

await service.run({
  app: createApp({
    pool,
    settings: config,
    live,
    verifyQuote: waitingList.verifyQuote,
    manageTokens,
    passSigners,
    runFence: fence,
    askCatalog: askCatalog(catalog),
    askOrganiser: askOrganiser(catalog),
    askQuote: waitingList.askQuote,
    measureWaitingList: waitingList.measure,
    drawPasses: passPages.draw,
    liveFeeds,
    told,
    logger,
    metrics,
    verifyToken,
    idempotencyStore: postgresIdempotencyStore(pool),
  }),
  // Not the broker: places are sold without it, and what happened is told later.
  readiness: { database: () => ping(pool) },
  endStreams: liveFeeds.endAll,
  stop: async () => {
    keys.stop();
    await liveFeeds.stop();
    await Promise.all([...sweepers, keySweeper].map((sweeper) => sweeper.stop()));
    await relay.stop();
    await bus.close();
    await Promise.all([catalog.close(), payment.close(), passPages.stop()]);
    await pool.end();
  },
});
