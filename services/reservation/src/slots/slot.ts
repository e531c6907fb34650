import type { SlotView } from '@guichet/contracts/slots';

export type Slot = {
  id: string;
  organiserId: string;
  offeringId: string;
  startsAt: Date;
  endsAt: Date;
  onSaleAt: Date | null;
  capacity: number;
  taken: number;
  status: SlotView['status'];
  version: number;
};

export type SlotRefusal =
  | 'offering_not_found'
  | 'slot_times_invalid'
  | 'slot_not_found'
  | 'slot_cancelled'
  | 'capacity_below_taken'
  | 'catalog_unavailable';

export type SlotTimes = Pick<Slot, 'startsAt' | 'endsAt' | 'onSaleAt'>;

/** What is wrong with a slot's times, in words, or `undefined`. */
export function faultOfTimes({ startsAt, endsAt, onSaleAt }: SlotTimes, now: Date) {
  if (endsAt <= startsAt) return 'It ends before it starts.';
  if (startsAt <= now) return 'It starts in the past.';
  if (onSaleAt && onSaleAt >= startsAt) return 'Its sale begins after it starts.';
  return undefined;
}

/**
 * What a buyer is told of a slot. `few_left` is a share of the capacity rather than a number, so
 * that it means the same for a boat of twelve and a hall of a thousand; one place is always few.
 */
export function stateOf(
  slot: Pick<Slot, 'status' | 'startsAt' | 'onSaleAt' | 'capacity' | 'taken'>,
  { now, fewLeftPercent }: { now: Date; fewLeftPercent: number },
): 'available' | 'few_left' | 'sold_out' | 'not_on_sale' | 'closed' {
  if (slot.status !== 'open' || slot.startsAt <= now) return 'closed';
  if (slot.onSaleAt && slot.onSaleAt > now) return 'not_on_sale';
  const remaining = slot.capacity - slot.taken;
  if (remaining <= 0) return 'sold_out';
  const few = Math.ceil((slot.capacity * fewLeftPercent) / 100);
  return remaining <= few ? 'few_left' : 'available';
}

export const slotView = (slot: Slot): SlotView => ({
  ...slot,
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
  onSaleAt: slot.onSaleAt?.toISOString() ?? null,
});
