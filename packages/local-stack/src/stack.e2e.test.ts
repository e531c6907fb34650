import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import * as badInput from './e2e/bad-input.ts';
import { pageFollowsAPurchase } from './e2e/customer-page.ts';
import * as lateMoney from './e2e/late-money.ts';
import * as outages from './e2e/outages.ts';
import { everyConsumerIsListed, poisonIsParked } from './e2e/poison.ts';
import { everyRouteAsksWho, organisersAreKeptApart } from './e2e/policy-matrix.ts';
import * as purchases from './e2e/purchases.ts';
import * as races from './e2e/races.ts';
import { clearFaults } from './e2e/stripe-books.ts';
import * as load from './e2e/under-load.ts';
import { startWorld, type World } from './e2e/world.ts';

/** Limits that real guests never meet, and a reconciliation that a test can wait for. */
const env = {
  REQUESTS_PER_SECOND: '100000',
  SIGN_INS_PER_MINUTE: '1000',
  RECONCILE_MS: '2000',
  STUCK_AFTER_MS: '5000',
};
const startMs = 300_000;
const patienceMs = 180_000;

let world: World;
const sells = (name: string, scenario: (world: World) => Promise<void>) =>
  test(name, () => scenario(world), patienceMs);

afterEach(async ({ task }) => {
  await clearFaults(world);
  if (task.result?.state !== 'fail') return;
  process.stderr.write(`\nWhat the stack said last:\n${world.lines.slice(-80).join('\n')}\n`);
});

/** One stack for all of it: starting it takes longer than most of what is tried on it. */
describe('the whole stack sells', () => {
  beforeAll(async () => {
    world = await startWorld({ messages: 'rabbit', https: false, env });
  }, startMs);
  afterAll(() => world?.end(), startMs);

  sells('to a guest, and sends the pass by mail', purchases.guestBuys);
  sells('in the language of the booking', purchases.guestsBuyInTheirLanguage);
  sells('what costs nothing, and no provider hears of it', purchases.guestGetsAFreePlace);
  sells('nothing by card that costs too little', purchases.tooLittleIsNotPaidByCard);
  sells('to `make buy`, step by step', purchases.buyShowsAPurchase);
  sells('to attendees by name, a pass each', purchases.attendeesHaveAPassEach);
  sells('to `make buy` where names are asked', purchases.buyNamesAttendees);
  sells('to `make buy` for nothing', purchases.buyTakesAFreePlace);
  sells('nothing on a declined card, and keeps the hold', purchases.buyShowsADecline);
  sells('by way of 3-D Secure', purchases.buyAnswersTheBank);
  sells('only what there is, and says so in a sentence', purchases.buySaysWhatIsWrong);
  sells('by the page, from the first look to the account', pageFollowsAPurchase);

  sells('to whom each route allows, role by role', everyRouteAsksWho);
  sells('nothing to another organiser’s staff', organisersAreKeptApart);

  sells('to nobody whose request is none', badInput.refusesWhatIsNoRequest);
  sells('nothing that does not exist, or is another’s', badInput.refusesWhatDoesNotExist);
  sells('nothing by a quote that does not hold', badInput.refusesQuotesThatDoNotHold);
  sells('nothing to who is not Stripe', badInput.refusesWhoIsNotStripe);
  sells('nothing of a timetable with a bad line', badInput.refusesBadTimetables);

  sells('the last place to exactly one of twenty buyers (R1)', races.lastPlaceGoesToOne);
  sells('once for eight requests with one key (R2)', races.oneEffectForOneKey);

  sells(
    'nothing to money that comes for a cancelled booking (R4)',
    lateMoney.moneyForACancelledBookingGoesBack,
  );

  describe('with holds that lapse soon', () => {
    beforeAll(() => world.stack.restart('reservation', lateMoney.shortHolds), startMs);
    afterAll(() => world.stack.restart('reservation'), startMs);

    sells('nothing any more when a hold lapsed (R3)', lateMoney.expiryCancelsTheAttempt);
    sells('nothing by an intent still in creation', lateMoney.anIntentStillInCreationTakesNothing);
    sells('what is paid while it expires', lateMoney.processingMoneyKeepsThePlaces);
    sells('free places to money that comes late (R4)', lateMoney.lateMoneyTakesFreePlacesAgain);
    sells('no place twice to late money (R4)', lateMoney.lateMoneyGoesBackWhenPlacesAreGone);
  });

  sells('once, however webhooks misbehave (R4)', outages.webhooksMayMisbehave);
  sells('once, when payment dies after the provider', outages.paymentDiesAfterTheProvider);
  sells('on, when reservation restarts while catalog is away', outages.catalogMayBeAway);
  sells('on, after RabbitMQ and PostgreSQL were gone (R5)', outages.serversMayGoAway);
  sells('on, while a poison message is parked (R7)', poisonIsParked);
  sells('with every consumer in the operator’s list', everyConsumerIsListed);
  sells('once, while reservation is replaced (R8)', load.whileReservationIsReplaced);
  sells('once, while the gateway is replaced (R8)', load.whileTheGatewayIsReplaced);
  sells('once, while PostgreSQL restarts (R9)', load.whilePostgresRestarts);
});

describe('the whole stack on PostgreSQL’s messages, behind TLS, sells', () => {
  beforeAll(async () => {
    world = await startWorld({ messages: 'postgres', https: true, env });
  }, startMs);
  afterAll(() => world?.end(), startMs);

  sells('to a guest, and sends the pass by mail', purchases.guestBuys);
  sells('to `make buy`, step by step', purchases.buyShowsAPurchase);
  sells('once, however webhooks misbehave', outages.webhooksMayMisbehave);
  sells('on, while a poison message is parked (R7)', poisonIsParked);
  sells('with every consumer in the operator’s list', everyConsumerIsListed);
});
