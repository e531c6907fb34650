import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { JoinWaitingList } from '@guichet/contracts/waiting-list';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { ManageTokens } from '../access/manage-token.ts';
import { decidePlacement, type Placement } from '../placing/placement.ts';
import type { VerifyQuote } from '../quotes/verify-quote.ts';
import type { SlotRefusal } from '../slots/slot.ts';
import type { AskQuote } from './ask-quote.ts';
import type { EntryNow, WaitingListRefusal } from './entry.ts';
import type { MeasureWaitingList } from './measure-waiting-list.ts';
import { waitingListStore } from './waiting-list-store.ts';

type Joining = JoinWaitingList & { slotId: string; customerId: string | null };

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
  async ({ slotId, customerId, party, options, contact }: Joining) => {
    const offeringId = await waitingListStore(pool).findOffering(slotId);
    if (offeringId === undefined) {
      throw new Refusal<SlotRefusal>('slot_not_found', 'There is no such slot.');
    }
    const claims = await verifyQuote(await askQuote({ offeringId, slotId, party, options }));
    const { org: organiserId, places } = claims;
    const id = newId();
    const entry = { id, organiserId, offeringId, slotId, customerId, contact, party, options };

    const joined = await inTransaction(pool, async (tx) => {
      const store = waitingListStore(tx);
      const refusal = await store.refusalToSell(claims, graceMs);
      if (refusal === undefined) throw placesLeft();
      // Any other reason is a reason not to wait either, in the words of who would have booked.
      if (refusal !== 'sold_out') {
        decidePlacement({ outcome: refusal } as Placement, { scope: 'waiting list' });
      }
      if (!(await store.write({ ...entry, places }))) throw alreadyWaiting();
      if (!(await store.count({ ...entry, places }, waitingListMost))) {
        throw (await store.refusalToSell(claims, graceMs)) === undefined ? placesLeft() : full();
      }
      const written = (await store.find(id)) as EntryNow;
      await store.tellJoined({
        ...{ entryId: id, organiserId, offeringId, slotId, places, contact },
        startsAt: written.startsAt.toISOString(),
        manageToken: manageTokens.make(id),
      });
      return written;
    });
    measure('joined');
    told();
    return { entry: joined, manageToken: manageTokens.make(id) };
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
