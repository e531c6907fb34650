import { sealingKeyBytes, versionedKeys } from '@guichet/config/key-settings';
import { loadConfig } from '@guichet/config/load-config';
import { common, database, live, messaging, secret, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';

const ms = z.coerce.number().int().min(0);
const count = z.coerce.number().int().min(1);

export const settings = z.object({
  ...common,
  ...serviceAccount,
  ...database,
  ...messaging,
  databaseConnections: count
    .default(10)
    .describe('Per replica. More make a hot slot slower: 16 clients sell more than 64.'),
  sealingKey: secret(sealingKeyBytes).describe(
    '32 bytes in base64; the private keys that sign passes are kept sealed with it.',
  ),
  manageTokenKeys: secret(versionedKeys).describe(
    'Keys of the tokens that guests manage a booking with; the last one signs, the others verify.',
  ),
  holdMs: live(
    ms.default(600_000).describe('How long places are held for a buyer who has not paid.'),
  ),
  offerMs: live(
    ms
      .default(7_200_000)
      .describe('How long places that came back are held for who waited for them.'),
  ),
  waitingListMost: count
    .default(10_000)
    .describe('Who may wait for one slot: more would be served by no number of cancellations.'),
  holdGraceMs: ms
    .default(15_000)
    .describe('A hold ends so much later than its owner is told: clocks and networks differ.'),
  extensionMs: ms.default(600_000).describe('What extending a hold, once, gives (WCAG 2.2.1).'),
  paymentGrantMs: ms
    .default(300_000)
    .describe(
      'Whoever begins to pay has at least so long: a bank’s 3-D Secure page takes minutes.',
    ),
  longestHoldMs: ms
    .default(2_700_000)
    .describe('No hold lives longer, however often a payment is begun: places are not hoarded.'),
  sweepMs: ms.default(1_000).describe('How often lapsed holds are tidied; no sale depends on it.'),
  fewLeftPercent: live(
    z.coerce
      .number()
      .int()
      .min(0)
      .max(100)
      .default(10)
      .describe('Availability says “few left” when so much of the capacity or less remains.'),
  ),
  availabilityKeptMs: live(
    ms
      .max(1_000)
      .default(0)
      .describe(
        'An answer about availability is given again for so long, but never to whoever sends a manage token, a session or `no-cache`; 0: each is read anew. 100 spares the database a crowd’s looks.',
      ),
  ),
  queueBudgetMs: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(500)
      .describe(
        'Bookings that would wait longer for the database are refused with 503: twice the objective of 250 ms, so that a bunch of buyers passes and a queue that only grows does not.',
      ),
  ),
  liveListeners: count
    .default(1_000)
    .describe(
      'Who may listen to availability at once, per replica: each is an open connection, and there are bookings to answer.',
    ),
  importMostSlots: count
    .default(5_000)
    .describe('Slots in one import: two years of six departures a day.'),
  passKeyDays: count.default(365).describe('After so many days another key signs passes.'),
});

/** Settings that are each right and cannot be meant together. */
const check = ({ holdMs, longestHoldMs }: z.output<typeof settings>) =>
  holdMs > longestHoldMs ? [{ key: 'holdMs', message: 'is longer than LONGEST_HOLD_MS' }] : [];

export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  loadConfig(settings, { env, check });
export type Settings = ReturnType<typeof readConfig>['values'];
/** The settings that follow their file, as they are when they are asked for. */
export type LiveSettings = ReturnType<ReturnType<typeof readConfig>['live']>;
