import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { JoinWaitingList } from '@guichet/contracts/waiting-list';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { ManageTokens } from '../access/manage-token.ts';
import { decidePlacement, type Placement } from '../placing/placement.ts';
import type { VerifyQuote } from '../quotes/verify-quote.ts';
import type { AskQuote } from './ask-quote.ts';
import { type EntryClaim, type EntryNow, foundSlot, type WaitingListRefusal } from './entry.ts';
import type { MeasureWaitingList } from './measure-waiting-list.ts';
import { waitingListStore } from './waiting-list-store.ts';

type Joining = JoinWaitingList & {
  slotId: string;
  customerId: string | null;
  /** Where the request has an `Idempotency-Key`. */
  claim: EntryClaim | undefined;
};

/** The entry that the same request has made before, if it has. */
async function replayOf(pool: Pool, claim: EntryClaim | undefined): Promise<EntryNow | undefined> {
  const made = claim && (await waitingListStore(pool).findByKey(claim));
  if (made && !made.isSame) throw reused();
  return made;
}

/**
 * Joins the waiting list of a slot that has too few places. The party is priced as if it were booked
 * now, so that whoever could not book so does not wait for it either.
 */
export const joinWaitingList =
  ({
    pool,
    askQuote,
    verifyQuote,
    manageTokens,
    graceMs,
    waitingListMost,
    told,
    measure,
  }: {
    pool: Pool;
    askQuote: AskQuote;
    verifyQuote: VerifyQuote;
    manageTokens: ManageTokens;
    graceMs: number;
    /** So many may wait for one slot. */
    waitingListMost: number;
    told: () => void;
    measure: MeasureWaitingList;
  }) =>
  async ({ slotId, customerId, party, options, contact, claim }: Joining) => {
    const answer = (entry: EntryNow) => ({ entry, manageToken: manageTokens.make(entry.id) });
    const before = await replayOf(pool, claim);
    if (before) return answer(before);
    const { offeringId } = foundSlot(await waitingListStore(pool).findSlot(slotId));
    const claims = await verifyQuote(await askQuote({ offeringId, slotId, party, options }));
    const { org: organiserId, places } = claims;
    const id = newId();
    const where = { organiserId, offeringId, slotId };
    const entry = { id, ...where, customerId, contact, party, options, places };

    const joined = await inTransaction(pool, async (tx) => {
      const store = waitingListStore(tx);
      const refusal = await store.refusalToSell(claims, graceMs);
      if (refusal === undefined) throw placesLeft();
      // Any other reason is a reason not to wait either, in the words of who would have booked.
      if (refusal !== 'sold_out') {
        decidePlacement({ outcome: refusal } as Placement, { scope: 'waiting list' });
      }
      if (!(await store.write(entry, claim))) return undefined;
      if (!(await store.count(entry, waitingListMost))) {
        throw (await store.refusalToSell(claims, graceMs)) === undefined ? placesLeft() : full();
      }
      const written = (await store.find(id)) as EntryNow;
      const startsAt = written.startsAt.toISOString();
      const manageToken = manageTokens.make(id);
      await store.tellJoined({ entryId: id, ...where, startsAt, places, contact, manageToken });
      return written;
    });
    if (!joined) {
      // The same request twice at once, or somebody who waits already.
      const meanwhile = await replayOf(pool, claim);
      if (!meanwhile) throw alreadyWaiting();
      return answer(meanwhile);
    }
    measure('joined');
    told();
    return answer(joined);
  };
export type JoinTheWaitingList = ReturnType<typeof joinWaitingList>;

const placesLeft = () =>
  new Refusal<WaitingListRefusal>('places_left', 'There are places for so many. Book them now.');

const alreadyWaiting = () =>
  new Refusal<WaitingListRefusal>(
    'already_waiting',
    'This address waits for this date already. The e-mail that it got leads to its entry.',
  );

const full = () =>
  new Refusal<WaitingListRefusal>(
    'waiting_list_full',
    'So many wait for this date that nobody else would be served. Choose another one.',
  );

const reused = () =>
  new Refusal<WaitingListRefusal>(
    'idempotency_key_reused',
    'This Idempotency-Key came with another body before. Use a new key for a new entry.',
  );
