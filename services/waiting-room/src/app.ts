import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp } from '@guichet/http/service-app';
import { ServiceUnavailable } from '@guichet/http/service-client';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Pool } from '@guichet/postgres/pool';
import { isUnavailable } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from './config.ts';
import { gateRoutes } from './gates/gate-routes.ts';
import type { Book } from './line/book.ts';
import type { LineFeeds } from './line/line-feeds.ts';
import { lineRoutes, statusOfLineRefusal } from './line/line-routes.ts';
import type { AskOffering, AskPace } from './rooms/ask-others.ts';
import { changeRoom, closeRoom } from './rooms/change-room.ts';
import { openRoom } from './rooms/open-room.ts';
import { type ListBusiestBlocks, reportRoom } from './rooms/report-room.ts';
import { roomRoutes, type SignVisit, statusOfRoomRefusal } from './rooms/room-routes.ts';

export type AppDeps = {
  pool: Pool;
  book: Book;
  lineFeeds: LineFeeds;
  askOffering: AskOffering;
  askPace: AskPace;
  sealingKey: Buffer;
  signVisit: SignVisit;
  listBusiestBlocks: ListBusiestBlocks;
  live: () => Pick<LiveSettings, 'mostPerSecond'>;
  /** Wakes the relay after facts were committed. */
  told: () => void;
  /** Has all replicas look at their rooms. */
  changed: () => void;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
};

export function createApp(deps: AppDeps) {
  const { logger, metrics, verifyToken, idempotencyStore } = deps;
  return createServiceApp({
    logger,
    metrics,
    verifyToken,
    idempotencyStore,
    statusOf: { ...statusOfRoomRefusal, ...statusOfLineRefusal },
    isUnavailable: (error) => isUnavailable(error) || error instanceof ServiceUnavailable,
    mount(routes) {
      // First what a crowd asks for: Express tries one route after the other.
      lineRoutes(routes, deps);
      roomRoutes(routes, {
        book: deps.book,
        signVisit: deps.signVisit,
        openRoom: openRoom(deps),
        changeRoom: changeRoom(deps),
        closeRoom: closeRoom(deps),
        reportRoom: reportRoom(deps),
      });
      gateRoutes(routes, deps);
    },
  });
}
