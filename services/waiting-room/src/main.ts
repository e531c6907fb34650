import { join } from 'node:path';
import { newId } from '@guichet/contracts/ids';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { revocations } from '@guichet/http/revocations';
import { createServiceClient } from '@guichet/http/service-client';
import { createServiceToken } from '@guichet/http/service-token';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createLoop } from '@guichet/loop/loop';
import { connectBus } from '@guichet/messaging/connect-bus';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import { createPool } from '@guichet/postgres/pool';
import { createRelay } from '@guichet/postgres/relay';
import { requiredSchema } from '@guichet/postgres/required-schema';
import { createSweeper } from '@guichet/postgres/sweeper';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { drawLine } from './draw/draw-line.ts';
import { emailCodeStore } from './email-codes/email-code-store.ts';
import { createKeeper } from './keeper/keeper.ts';
import { createBook } from './line/book.ts';
import { createDatabaseClock } from './line/database-clock.ts';
import type { Line } from './line/line.ts';
import { createLineFeeds } from './line/line-feeds.ts';
import { connectLineNews, noNews } from './line/line-news.ts';
import { measureLine } from './line/measure-line.ts';
import { createRefusals } from './networks/refusals.ts';
import { askOffering, askPace } from './rooms/ask-others.ts';
import { roomStore } from './rooms/room-store.ts';

const service = await startService({ name: 'waiting-room', readConfig });
const { config, live, logger, metrics } = service;

const pool = createPool({
  url: config.databaseUrl,
  applicationName: 'waiting-room',
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
const reservation = createServiceClient({ service: 'reservation', discovery, token });
const verifyToken = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const relay = createRelay({ pool, bus, logger, metrics });
await bus.subscribe(revocations('waiting-room', verifyToken));

const { valkeyUrl, valkeyAnswerMs: answerMs, tickMs, leaseMs } = config;
const clock = createDatabaseClock();
const hear = (line: Line) => book.hear(line);
const look = () => book.wake();
const news = valkeyUrl
  ? connectLineNews({ url: valkeyUrl, answerMs, logger, metrics, onLine: hear, onRooms: look })
  : noNews;
const book = createBook({ pool, clock, isFlowing: () => news.isFlowing, logger, lookMs: tickMs });
const lineFeeds = createLineFeeds({ book, mostListeners: config.liveListeners, metrics });
measureLine(metrics, book);
const keeper = createKeeper({
  pool,
  id: newId(),
  askPace: askPace(reservation),
  drawLine: drawLine({ pool, sealingKey: config.sealingKey }),
  live,
  onLine(line) {
    book.hear(line);
    news.tell(line);
  },
  leaseMs,
  tickMs,
  logger,
  metrics,
});
const closing = createLoop({
  // How many is nothing that the next look waits for.
  turn: async () => void (await roomStore(pool).closePast()),
  pauseMs: 5_000,
  onError: (err) => logger.warn({ err }, 'rooms could not be closed; it is tried again'),
});
const forgetting = createLoop({
  turn: async () => void (await emailCodeStore(pool).forget()),
  pauseMs: 3_600_000,
  onError: (err) => logger.warn({ err }, 'old codes could not be deleted'),
});
const refusals = createRefusals({ pool, metrics, logger });
const keySweeper = createSweeper({ pool, logger });

// Before the door opens: whoever comes first is not told that there is no room.
await service.until('lines', () => book.look());
const loops = [book, refusals, closing, forgetting, keySweeper];
for (const loop of [relay, lineFeeds, keeper, ...loops]) loop.start();

await service.run({
  app: createApp({
    pool,
    book,
    lineFeeds,
    askOffering: askOffering(catalog),
    askPace: askPace(reservation),
    sealingKey: config.sealingKey,
    lineTokenKeys: config.lineTokenKeys,
    valkey: news.valkey,
    refusals,
    live,
    told: relay.wake,
    changed() {
      book.wake();
      news.tellRooms();
    },
    logger,
    metrics,
    verifyToken,
    idempotencyStore: postgresIdempotencyStore(pool),
  }),
  // Not the database: who waits is told from memory while it is away, and everybody else is told so.
  readiness: {},
  endStreams: lineFeeds.endAll,
  stop: async () => {
    await keeper.stop();
    lineFeeds.stop();
    await Promise.all(loops.map((loop) => loop.stop()));
    news.close();
    await relay.stop();
    await bus.close();
    await Promise.all([catalog.close(), reservation.close()]);
    await pool.end();
  },
});
