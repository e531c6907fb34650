import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Slot, SlotRefusal } from './slot.ts';
import { type SlotChanges, slotStore } from './slot-store.ts';

/** Refuses a change that a slot cannot have. */
function decideSlotChange(slot: Slot, changes: SlotChanges): void {
  if (slot.status !== 'open' && slot.status !== 'closed') {
    throw new Refusal<SlotRefusal>(
      'slot_cancelled',
      'This slot is over or cancelled and stays as it is.',
    );
  }
  const capacity = changes.capacity ?? slot.capacity;
  if (capacity < slot.taken) {
    throw new Refusal<SlotRefusal>(
      'capacity_below_taken',
      `${slot.taken} places are taken; the capacity cannot be less.`,
    );
  }
}

const isFull = ({ taken, capacity }: Slot): boolean => taken === capacity;

/** The fact that a change made, if it made one: places that are kept for who waits open nothing. */
function factOf(before: Slot, after: Slot) {
  if (after.status !== before.status)
    return after.status === 'open' ? 'slot.opened' : 'slot.closed';
  if (isFull(after) === isFull(before)) return undefined;
  return isFull(after) ? 'slot.sold_out' : 'slot.opened';
}

/** Changes a slot of one's own organiser. */
export const changeSlot =
  ({ pool, told }: { pool: Pool; told: () => void }) =>
  async (id: string, organiserId: string, changes: SlotChanges): Promise<Slot> => {
    const changed = await inTransaction(pool, async (tx) => {
      const store = slotStore(tx);
      const slot = await store.lock(id);
      if (slot?.organiserId !== organiserId) {
        throw new Refusal<SlotRefusal>('slot_not_found', 'There is no such slot.');
      }
      decideSlotChange(slot, changes);
      const after = await store.change(id, changes);
      const fact = factOf(slot, after);
      if (fact) await store.tell(id, fact);
      return after;
    });
    told();
    return changed;
  };
export type ChangeSlot = ReturnType<typeof changeSlot>;
