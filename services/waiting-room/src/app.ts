import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp } from '@guichet/http/service-app';
import { ServiceUnavailable } from '@guichet/http/service-client';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { LineKeys } from '@guichet/line-tokens/line-tokens';
import type { Pool } from '@guichet/postgres/pool';
import { isUnavailable } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Valkey } from '@guichet/valkey/connect-valkey';
import { admitTurn } from './admissions/admit-turn.ts';
import type { LiveSettings } from './config.ts';
import { showDraw, statusOfDrawRefusal } from './draw/show-draw.ts';
import { askEmailCode } from './email-codes/ask-email-code.ts';
import { checkEmailCode } from './email-codes/check-email-code.ts';
import { gateRoutes } from './gates/gate-routes.ts';
import type { Book } from './line/book.ts';
import type { LineFeeds } from './line/line-feeds.ts';
import { lineRoutes, statusOfLineRefusal } from './line/line-routes.ts';
import { listBusiestBlocks } from './networks/list-busiest-blocks.ts';
import { addressIn, createNetworks } from './networks/networks.ts';
import type { Refusals } from './networks/refusals.ts';
import { createVelocity } from './networks/velocity.ts';
import type { AskOffering, AskPace } from './rooms/ask-others.ts';
import { changeRoom, closeRoom } from './rooms/change-room.ts';
import { openRoom } from './rooms/open-room.ts';
import { reportRoom } from './rooms/report-room.ts';
import { phaseOf, roomNotFound } from './rooms/room.ts';
import { roomRoutes, statusOfRoomRefusal } from './rooms/room-routes.ts';
import { joinLine } from './turns/join-line.ts';
import { createTurnReader, showTurn } from './turns/show-turn.ts';
import { statusOfTurnRefusal } from './turns/turn-refusal.ts';
import { type TurnRoutes, turnRoutes } from './turns/turn-routes.ts';
import { createVisits } from './visits/visits.ts';

export type AppDeps = {
  pool: Pool;
  book: Book;
  lineFeeds: LineFeeds;
  askOffering: AskOffering;
  askPace: AskPace;
  sealingKey: Buffer;
  lineTokenKeys: LineKeys;
  /** Where turns are counted by network, for all replicas together. */
  valkey: Valkey | undefined;
  refusals: Refusals;
  live: () => Pick<LiveSettings, 'mostPerSecond' | 'joinsPerBlock'>;
  /** Wakes the relay after facts were committed. */
  told: () => void;
  /** Has all replicas look at their rooms. */
  changed: () => void;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
};

/** What gives turns, shows them, and lets in. */
function turnActions(deps: AppDeps, { networks, visits }: Proofs): TurnRoutes {
  const { book, lineTokenKeys: keys, live } = deps;
  const roomOf = async (id: string) => {
    const found = await book.find(id);
    if (!found) throw roomNotFound();
    return found.room;
  };
  const readTurn = createTurnReader(keys);
  const velocity = createVelocity(deps.valkey, () => live().joinsPerBlock);
  const each = { ...deps, keys, networks, visits, velocity, readTurn };
  return {
    joinLine: joinLine({
      ...each,
      checkEmailCode: checkEmailCode(each),
      holderOf: async (id) => (await roomOf(id)).holder,
    }),
    showTurn: showTurn(each),
    admitTurn: admitTurn({ ...each, offeringOf: async (id) => (await roomOf(id)).offeringId }),
    askEmailCode: askEmailCode({
      ...each,
      async roomOf(id) {
        const room = await roomOf(id);
        return { holder: room.holder, phase: phaseOf(room, book.clock.now()) };
      },
    }),
    showDraw: showDraw(each),
  };
}

/** Of where somebody comes from, and that they have loaded a page. */
type Proofs = {
  networks: ReturnType<typeof createNetworks>;
  visits: ReturnType<typeof createVisits>;
};

export function createApp(deps: AppDeps) {
  const { book, logger, metrics, verifyToken, idempotencyStore } = deps;
  const networks = createNetworks(deps.lineTokenKeys);
  // By the database's clock: replicas may differ, and a page is signed by one and checked by another.
  const visits = createVisits(deps.lineTokenKeys, () => book.clock.now().getTime());

  return createServiceApp({
    logger,
    metrics,
    verifyToken,
    idempotencyStore,
    statusOf: {
      ...statusOfRoomRefusal,
      ...statusOfLineRefusal,
      ...statusOfTurnRefusal,
      ...statusOfDrawRefusal,
    },
    isUnavailable: (error) => isUnavailable(error) || error instanceof ServiceUnavailable,
    mount(routes) {
      // First what a crowd asks for: Express tries one route after the other.
      lineRoutes(routes, deps);
      turnRoutes(routes, turnActions(deps, { networks, visits }));
      roomRoutes(routes, {
        book,
        signVisit: (id, headers) => visits.sign(id, networks.of(addressIn(headers))),
        openRoom: openRoom(deps),
        changeRoom: changeRoom(deps),
        closeRoom: closeRoom(deps),
        reportRoom: reportRoom({ ...deps, listBusiestBlocks: listBusiestBlocks(deps) }),
      });
      gateRoutes(routes, deps);
    },
  });
}
