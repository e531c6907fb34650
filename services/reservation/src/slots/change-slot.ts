import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Slot, SlotRefusal } from './slot.ts';
import { type SlotChanges, slotStore } from './slot-store.ts';

/** Judges a change of a slot, and names the fact that it makes, if it makes one. */
function decideSlotChange(slot: Slot, changes: SlotChanges) {
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
  const status = changes.status ?? slot.status;
  if (status !== slot.status) return status === 'open' ? 'slot.opened' : 'slot.closed';
  if (capacity === slot.capacity) return undefined;
  if (capacity === slot.taken) return 'slot.sold_out';
  return slot.taken === slot.capacity ? 'slot.opened' : undefined;
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
      const fact = decideSlotChange(slot, changes);
      const after = await store.change(id, changes);
      if (fact) await store.tell(id, fact);
      return after;
    });
    told();
    return changed;
  };
export type ChangeSlot = ReturnType<typeof changeSlot>;
