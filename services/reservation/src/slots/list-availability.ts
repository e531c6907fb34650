import { Refusal } from '@guichet/contracts/refusal';
import type { SlotAvailability } from '@guichet/contracts/slots';
import type { Pool } from '@guichet/postgres/pool';
import type { LiveSettings } from '../config.ts';
import { type SlotRefusal, stateOf } from './slot.ts';
import { type OfferedSlot, slotStore } from './slot-store.ts';

/** Two years of a boat that leaves five times a day; who wants more asks for a range. */
const MOST_SLOTS = 4_000;

const withDates = ({ startsAt, endsAt, onSaleAt, ...slot }: OfferedSlot) => ({
  ...slot,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  onSaleAt: onSaleAt === null ? null : new Date(onSaleAt),
});

/** What can be booked of an offering. It reads the counters and locks nothing. */
export const listAvailability =
  ({ pool, live }: { pool: Pool; live: () => Pick<LiveSettings, 'fewLeftPercent'> }) =>
  async (offeringId: string, from: Date | null, to: Date | null) => {
    const offer = await slotStore(pool).findOffer(offeringId, { from, to, limit: MOST_SLOTS });
    if (!offer || offer.status === 'draft') {
      throw new Refusal<SlotRefusal>('offering_not_found', 'There is no such offering.');
    }
    const { organiserId, timeZone, status, now } = offer;
    const { fewLeftPercent } = live();
    const items = offer.slots.map((offered): SlotAvailability => {
      const slot = withDates(offered);
      const state = status === 'withdrawn' ? 'closed' : stateOf(slot, { now, fewLeftPercent });
      return {
        slotId: slot.id,
        startsAt: slot.startsAt.toISOString(),
        endsAt: slot.endsAt.toISOString(),
        remaining: state === 'closed' ? 0 : slot.capacity - slot.taken,
        state,
      };
    });
    return { organiserId, timeZone, items };
  };
export type ListAvailability = ReturnType<typeof listAvailability>;
