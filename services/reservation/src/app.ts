import { availability } from '@guichet/contracts/slots';
import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createRecentAnswers } from '@guichet/http/recent-answers';
import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Pool } from '@guichet/postgres/pool';
import { isUnavailable } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { ManageTokens } from './access/manage-token.ts';
import { beginPayment } from './bookings/begin-payment.ts';
import { bookingRoutes, statusOfBookingRefusal } from './bookings/booking-routes.ts';
import { cancelBooking } from './bookings/cancel-booking.ts';
import { changeBooking } from './bookings/change-booking.ts';
import { claimBooking } from './bookings/claim-booking.ts';
import { extendBooking } from './bookings/extend-booking.ts';
import { internalRoutes } from './bookings/internal-routes.ts';
import { resendConfirmation } from './bookings/resend-confirmation.ts';
import { showBooking } from './bookings/show-booking.ts';
import { calendarRoutes } from './calendar/calendar-routes.ts';
import type { LiveSettings, Settings } from './config.ts';
import type { RunFence } from './holds/run-fence.ts';
import { importSlots } from './import/import-slots.ts';
import type { LiveFeeds } from './live/live-feeds.ts';
import { liveRoutes, statusOfLiveRefusal } from './live/live-routes.ts';
import { type AskCatalog, askOffering } from './offerings/ask-offering.ts';
import { findOffering } from './offerings/find-offering.ts';
import { type AskOrganiser, nameOrganiser } from './offerings/name-organiser.ts';
import type { PassPages } from './passes/pass-pages.ts';
import { passRoutes } from './passes/pass-routes.ts';
import type { PassSigners } from './passes/pass-signer.ts';
import { placeBooking } from './placing/place-booking.ts';
import { createPlacingQueue } from './placing/placing-queue.ts';
import type { VerifyQuote } from './quotes/verify-quote.ts';
import { changeSlot } from './slots/change-slot.ts';
import { createSlot } from './slots/create-slot.ts';
import { listAvailability } from './slots/list-availability.ts';
import { openSlots } from './slots/open-slots.ts';
import { saleRoutes } from './slots/sale-routes.ts';
import { showAvailability } from './slots/show-availability.ts';
import { slotRoutes, statusOfSlotRefusal } from './slots/slot-routes.ts';
import type { AskQuote } from './waiting-list/ask-quote.ts';
import { joinWaitingList } from './waiting-list/join-waiting-list.ts';
import { leaveWaitingList, showEntry } from './waiting-list/leave-waiting-list.ts';
import type { MeasureWaitingList } from './waiting-list/measure-waiting-list.ts';
import {
  statusOfWaitingListRefusal,
  waitingListRoutes,
} from './waiting-list/waiting-list-routes.ts';

export type AppDeps = {
  pool: Pool;
  settings: Pick<
    Settings,
    | 'holdGraceMs'
    | 'extensionMs'
    | 'paymentGrantMs'
    | 'longestHoldMs'
    | 'importMostSlots'
    | 'waitingListMost'
  >;
  live: () => Pick<
    LiveSettings,
    'holdMs' | 'fewLeftPercent' | 'availabilityKeptMs' | 'queueBudgetMs'
  >;
  verifyQuote: VerifyQuote;
  manageTokens: ManageTokens;
  passSigners: PassSigners;
  runFence: RunFence;
  askCatalog: AskCatalog;
  askOrganiser: AskOrganiser;
  askQuote: AskQuote;
  measureWaitingList: MeasureWaitingList;
  drawPasses: PassPages['draw'];
  liveFeeds: LiveFeeds;
  /** Wakes the relay after facts were committed. */
  told: () => void;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
};

/** Of the availability that is given again: a year of six departures a day is 300,000. */
const mostKeptCharacters = 8_000_000;

export function createApp({ settings, passSigners, ...deps }: AppDeps) {
  const { pool, live, manageTokens, told, logger, metrics, verifyToken, idempotencyStore } = deps;
  const graceMs = settings.holdGraceMs;
  const booking = { ...settings, pool, manageTokens, graceMs, told };
  const slot = {
    askOffering: askOffering({ pool, askCatalog: deps.askCatalog }),
    openSlots: openSlots({ pool, told }),
  };
  const show = showBooking(booking);
  const shownEntry = showEntry({ pool, manageTokens });
  const find = findOffering({ pool });
  const queue = createPlacingQueue({ pool, graceMs, live, metrics });
  const recentAvailability = createRecentAnswers({
    route: availability.path,
    mostCharacters: mostKeptCharacters,
    keptMs: () => live().availabilityKeptMs,
  });

  const app = createServiceApp({
    logger,
    metrics,
    verifyToken,
    idempotencyStore,
    statusOf: {
      ...statusOfSlotRefusal,
      ...statusOfBookingRefusal,
      ...statusOfLiveRefusal,
      ...statusOfWaitingListRefusal,
    },
    isUnavailable,
    queueAgeMs: queue.queueAgeMs,
    mount(routes) {
      // First what a rush asks for: Express tries one route after the other.
      bookingRoutes(routes, {
        ...booking,
        placeBooking: placeBooking({
          ...booking,
          queue,
          live,
          verifyQuote: deps.verifyQuote,
          metrics,
        }),
        showBooking: show,
        changeBooking: changeBooking(booking),
        extendBooking: extendBooking(booking),
        cancelBooking: cancelBooking({ ...booking, runFence: deps.runFence }),
        resendConfirmation: resendConfirmation(booking),
        claimBooking: claimBooking(booking),
      });
      slotRoutes(routes, {
        showAvailability: showAvailability({ listAvailability: listAvailability({ pool, live }) }),
        recentAvailability,
        createSlot: createSlot(slot),
        changeSlot: changeSlot({ pool, told }),
        importSlots: importSlots({ ...slot, mostSlots: settings.importMostSlots }),
      });
      liveRoutes(routes, deps);
      calendarRoutes(routes, deps);
      passRoutes(routes, {
        ...{ pool, passSigners, showBooking: show, findOffering: find },
        nameOrganiser: nameOrganiser(deps),
        drawPasses: deps.drawPasses,
      });
      const measure = deps.measureWaitingList;
      waitingListRoutes(routes, {
        pool,
        join: joinWaitingList({ ...booking, ...deps, measure }),
        show: shownEntry,
        leave: leaveWaitingList({ pool, show: shownEntry, measure }),
      });
      saleRoutes(routes, { pool, queue });
      internalRoutes(routes, { showBooking: show, beginPayment: beginPayment(booking) });
    },
  });
  return recentAvailability.inFrontOf(app, { metrics, queueAgeMs: queue.queueAgeMs });
}
