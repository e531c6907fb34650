import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { isOwner, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import type { EntryNow, WaitingListRefusal } from './entry.ts';
import type { MeasureWaitingList } from './measure-waiting-list.ts';
import { waitingListStore } from './waiting-list-store.ts';

/** The entry, for whoever made it. Everybody else hears that it does not exist. */
export const showEntry =
  ({ pool, manageTokens }: { pool: Pool; manageTokens: ManageTokens }) =>
  async (id: string, visitor: Visitor): Promise<EntryNow> => {
    const entry = await waitingListStore(pool).find(id);
    if (!entry || !isOwner(entry, visitor, manageTokens)) {
      throw new Refusal<WaitingListRefusal>('entry_not_found', 'There is no such entry.');
    }
    return entry;
  };
export type ShowEntry = ReturnType<typeof showEntry>;

/** Takes out an entry that waits. One that was offered places is left by cancelling those. */
export const leaveWaitingList =
  ({ pool, show, measure }: { pool: Pool; show: ShowEntry; measure: MeasureWaitingList }) =>
  async (id: string, visitor: Visitor): Promise<void> => {
    await show(id, visitor);
    if (!(await inTransaction(pool, (tx) => waitingListStore(tx).remove(id)))) {
      throw new Refusal<WaitingListRefusal>(
        'places_offered',
        'Places are held for this entry by now. Take them, or cancel that booking.',
      );
    }
    measure('left');
  };
export type LeaveWaitingList = ReturnType<typeof leaveWaitingList>;
