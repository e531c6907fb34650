import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import type { SlotRefusal } from '../slots/slot.ts';
import { type KnownOffering, offeringStore } from './offering-store.ts';

/** Asks catalog for an offering in any state; `undefined` where there is none. */
export type AskCatalog = (offeringId: string) => Promise<KnownOffering | undefined>;

/**
 * One's own offering, as catalog has it now, and kept: no message may have told of a draft yet,
 * and its slots cannot be sold without it.
 */
export const askOffering =
  ({ pool, askCatalog }: { pool: Pool; askCatalog: AskCatalog }) =>
  async (offeringId: string, organiserId: string): Promise<KnownOffering> => {
    const offering = await askCatalog(offeringId);
    if (offering?.organiserId !== organiserId) {
      throw new Refusal<SlotRefusal>('offering_not_found', 'There is no such offering.');
    }
    await offeringStore(pool).keep(offering);
    return offering;
  };
export type AskOffering = ReturnType<typeof askOffering>;
