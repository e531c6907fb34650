import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import type { AskOffering } from '../offerings/ask-offering.ts';
import { faultOfTimes, type Slot, type SlotRefusal } from './slot.ts';
import { type NewSlot, slotStore } from './slot-store.ts';

/** Opens one slot of one's own offering. */
export const createSlot =
  ({
    pool,
    askOffering,
    told,
    now = Date.now,
  }: {
    pool: Pool;
    askOffering: AskOffering;
    told: () => void;
    now?: () => number;
  }) =>
  async (organiserId: string, offeringId: string, slot: Omit<NewSlot, 'id'>): Promise<Slot> => {
    const fault = faultOfTimes(slot, new Date(now()));
    if (fault) throw new Refusal<SlotRefusal>('slot_times_invalid', fault);
    const offering = await askOffering(offeringId, organiserId);

    const [opened] = await slotStore(pool).open(offering, [{ ...slot, id: newId() }]);
    told();
    return opened as Slot;
  };
export type CreateSlot = ReturnType<typeof createSlot>;
