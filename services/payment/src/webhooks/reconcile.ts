import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import type { Db } from 'mongodb';
import type Stripe from 'stripe';
import { ensureIntent } from '../payments/ensure-intent.ts';
import { liveAttempt, type Payment } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import { decideSettlement } from '../payments/settle.ts';
import type { Intents } from '../provider/intents.ts';
import type { GiveBack } from '../refunds/give-back.ts';
import { inTraceOf } from './in-trace-of.ts';
import { eventTypes, type TakeEvent } from './take-event.ts';

type Bookmark = { _id: string; createdAt: number };

/** Events carry whole seconds and may become visible late; what is read twice changes nothing. */
const overlapSeconds = 120;

/**
 * Finds what no webhook told: reads the provider's events since the last look, and looks after
 * every payment and refund that should have ended by now.
 */
export function createReconciliation({
  db,
  stripe,
  store,
  intents,
  refunds,
  takeEvent,
  logger,
  everyMs,
  stuckAfterMs,
}: {
  db: Db;
  stripe: Stripe;
  store: PaymentStore;
  intents: Intents;
  refunds: GiveBack;
  takeEvent: TakeEvent;
  logger: Logger;
  everyMs: number;
  stuckAfterMs: number;
}) {
  const bookmarks = db.collection<Bookmark>('bookmarks');
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function readEvents(): Promise<void> {
    const began = Math.floor(Date.now() / 1_000);
    const last = await bookmarks.findOne({ _id: 'stripe-events' });
    const events = await stripe.events
      .list({
        created: { gte: (last?.createdAt ?? began) - overlapSeconds },
        types: [...eventTypes],
        limit: 100,
      })
      .autoPagingToArray({ limit: 10_000 });
    // The provider lists the newest first; oldest first is how they happened.
    for (const event of events.reverse()) await takeEvent(event);
    await bookmarks.updateOne(
      { _id: 'stripe-events' },
      { $set: { createdAt: began } },
      { upsert: true },
    );
  }

  async function lookAfter(payment: Payment): Promise<void> {
    const attempt = liveAttempt(payment);
    if (attempt) {
      const found = await ensureIntent({ store, intents })(payment, attempt);
      if ('intent' in found) {
        const { intent } = found;
        await inTraceOf(payment, { intentId: intent.id, messageId: intent.id }, () =>
          store.change(payment._id, (current) => decideSettlement(current, intent)),
        );
      }
    }
    if (payment.refunds.some(({ state }) => state === 'asked')) await refunds.finish(payment);
  }

  /** One that cannot be helped holds up no other, unless the provider is away for all of them. */
  async function lookAfterStuck(): Promise<void> {
    const stuck = await store.listStuck(new Date(Date.now() - stuckAfterMs), 100);
    for (const payment of stuck) {
      await lookAfter(payment).catch((err: unknown) => {
        if (err instanceof Refusal) throw err;
        logger.warn({ err, paymentId: payment._id }, 'a payment is looked after again later');
      });
    }
  }

  async function reconcile(): Promise<void> {
    try {
      await readEvents();
      await lookAfterStuck();
    } catch (err) {
      logger.warn({ err }, 'reconciling with the provider is tried again later');
    }
  }

  return {
    reconcile,
    start() {
      timer = setInterval(() => {
        running = running.then(reconcile);
      }, everyMs);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
