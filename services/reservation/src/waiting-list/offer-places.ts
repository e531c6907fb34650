import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { ManageTokens } from '../access/manage-token.ts';
import { bookingStore } from '../bookings/booking-store.ts';
import type { LiveSettings } from '../config.ts';
import { placingStore } from '../placing/placing-store.ts';
import { newReference } from '../placing/reference.ts';
import type { VerifyQuote } from '../quotes/verify-quote.ts';
import type { AskQuote } from './ask-quote.ts';
import type { Entry } from './entry.ts';
import type { MeasureWaitingList } from './measure-waiting-list.ts';
import { waitingListStore } from './waiting-list-store.ts';

/** Slots in one round: each is asked of catalog over HTTP, and the next round comes in a second. */
const mostSlots = 50;
/** Offers of one slot in one round. */
const mostOffers = 200;

/** Nothing was kept of what was tried. */
class NotOffered extends Error {}

/**
 * Offers what came back to whoever has waited longest: a booking in their name, at the price of now,
 * that is held for them longer than for who is at the page. One round; all replicas may make theirs.
 *
 * No lock is held while catalog is asked; by then the place may be another's, or whoever waited
 * gone, and nothing has happened. An entry is booked once: its id is the key of its booking.
 */
export function offerPlaces({
  pool,
  askQuote,
  verifyQuote,
  manageTokens,
  live,
  graceMs,
  told,
  measure,
  logger,
}: {
  pool: Pool;
  askQuote: AskQuote;
  verifyQuote: VerifyQuote;
  manageTokens: ManageTokens;
  live: () => Pick<LiveSettings, 'offerMs'>;
  graceMs: number;
  told: () => void;
  measure: MeasureWaitingList;
  logger: Logger;
}) {
  const store = waitingListStore(pool);

  /** The booking, or the reason why there is none for this party, now or ever. */
  async function offer(entry: Entry & { startsAt: Date }): Promise<void> {
    const quote = await verifyQuote(await askQuote(entry));
    await inTransaction(pool, async (tx) => {
      const entries = waitingListStore(tx);
      if (!(await entries.lock(entry.id))) throw new NotOffered('it waits no longer');
      await entries.release(entry.slotId, quote.places);
      const placement = await placingStore(tx).place(
        {
          claim: { scope: 'waiting list', key: entry.id, bodyHash: 'offered' },
          booking: {
            id: newId(),
            reference: newReference(),
            customerId: entry.customerId,
            contact: entry.contact,
            quote,
            holdMs: Math.min(live().offerMs, entry.startsAt.getTime() - Date.now()),
            tokenKey: manageTokens.currentKey,
            traceparent: currentTraceparent() ?? null,
          },
        },
        graceMs,
      );
      if (placement.outcome !== 'placed') throw new NotOffered(placement.outcome);
      const { bookingId } = placement;
      await entries.offered(entry.id, bookingId);
      await bookingStore(tx, graceMs).tell(bookingId, 'booking.offered', {
        manageToken: manageTokens.make(bookingId),
      });
    });
    step('booking.offered');
    measure('offered');
  }

  /** Whoever waits for what is no longer sold waits for nothing, and keeps nobody else waiting. */
  async function takeOut({ id }: Entry, refusal: Refusal): Promise<void> {
    const removed = await inTransaction(pool, (tx) => waitingListStore(tx).remove(id));
    if (!removed) return;
    measure('not_sold');
    logger.info(
      { entryId: id, code: refusal.code },
      'an entry was taken off a waiting list: what it waits for is no longer sold',
    );
  }

  /** Whether there may be more to offer of the slot at once. */
  async function offerNext(slotId: string): Promise<boolean> {
    const entry = await store.findNext(slotId);
    if (!entry) {
      if (await store.giveBack(slotId)) measure('given_back');
      return false;
    }
    try {
      await offer(entry);
      return true;
    } catch (error) {
      if (error instanceof NotOffered) return false;
      if (!(error instanceof Refusal) || error.code === 'catalog_unavailable') throw error;
      await takeOut(entry, error);
      return true;
    }
  }

  async function offerAll(slotId: string): Promise<void> {
    let offers = 0;
    try {
      while (offers < mostOffers && (await offerNext(slotId))) offers += 1;
    } catch (err) {
      // It keeps no other slot's people waiting.
      logger.warn({ err, slotId }, 'places could not be offered; they are again');
    }
    if (offers > 0) told();
  }

  return async (): Promise<void> => {
    for (const slotId of await store.listKept(mostSlots)) await offerAll(slotId);
  };
}
