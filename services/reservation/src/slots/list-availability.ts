import { Refusal } from '@guichet/contracts/refusal';
import type { SlotAvailability } from '@guichet/contracts/slots';
import type { Pool } from '@guichet/postgres/pool';
import type { LiveSettings } from '../config.ts';
import type { FindOffering } from '../offerings/find-offering.ts';
import { type SlotRefusal, stateOf } from './slot.ts';
import { slotStore } from './slot-store.ts';

/** Two years of a boat that leaves five times a day; who wants more asks for a range. */
const MOST_SLOTS = 4_000;

/** What can be booked of an offering. It reads the counters and locks nothing. */
export const listAvailability =
  ({
    pool,
    findOffering,
    live,
  }: {
    pool: Pool;
    findOffering: FindOffering;
    live: () => Pick<LiveSettings, 'fewLeftPercent'>;
  }) =>
  async (offeringId: string, from: Date | null, to: Date | null) => {
    const offering = await findOffering(offeringId);
    if (!offering || offering.status === 'draft') {
      throw new Refusal<SlotRefusal>('offering_not_found', 'There is no such offering.');
    }
    const slots = await slotStore(pool).listStarting(offeringId, { from, to, limit: MOST_SLOTS });
    const { fewLeftPercent } = live();
    const items = slots.map((slot): SlotAvailability => {
      const isWithdrawn = offering.status === 'withdrawn';
      const state = isWithdrawn ? 'closed' : stateOf(slot, { now: slot.now, fewLeftPercent });
      return {
        slotId: slot.id,
        startsAt: slot.startsAt.toISOString(),
        endsAt: slot.endsAt.toISOString(),
        remaining: state === 'closed' ? 0 : slot.capacity - slot.taken,
        state,
      };
    });
    return { organiserId: offering.organiserId, timeZone: offering.venue.timeZone, items };
  };
export type ListAvailability = ReturnType<typeof listAvailability>;
