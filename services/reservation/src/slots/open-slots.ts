import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import type { KnownOffering } from '../offerings/offering-store.ts';
import type { Slot } from './slot.ts';
import { type NewSlot, slotStore } from './slot-store.ts';

/** Opens slots of an offering, all or none, and tells of each. */
export const openSlots =
  ({ pool, told }: { pool: Pool; told: () => void }) =>
  async (offering: KnownOffering, slots: readonly Omit<NewSlot, 'id'>[]): Promise<Slot[]> => {
    const opened = await slotStore(pool).open(
      offering,
      slots.map((slot) => ({ ...slot, id: newId() })),
    );
    told();
    return opened;
  };
export type OpenSlots = ReturnType<typeof openSlots>;
