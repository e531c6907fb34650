import { Refusal } from '@guichet/contracts/refusal';
import type { AskOffering } from '../offerings/ask-offering.ts';
import type { OpenSlots } from './open-slots.ts';
import { faultOfTimes, type Slot, type SlotRefusal } from './slot.ts';
import type { NewSlot } from './slot-store.ts';

/** Opens one slot of one's own offering. */
export const createSlot =
  ({
    askOffering,
    openSlots,
    now = Date.now,
  }: {
    askOffering: AskOffering;
    openSlots: OpenSlots;
    now?: () => number;
  }) =>
  async (organiserId: string, offeringId: string, slot: Omit<NewSlot, 'id'>): Promise<Slot> => {
    const fault = faultOfTimes(slot, new Date(now()));
    if (fault) throw new Refusal<SlotRefusal>('slot_times_invalid', fault);
    const offering = await askOffering(offeringId, organiserId);

    const [opened] = await openSlots(offering, [slot]);
    return opened as Slot;
  };
export type CreateSlot = ReturnType<typeof createSlot>;
