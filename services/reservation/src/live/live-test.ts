import type { SlotAvailability } from '@guichet/contracts/slots';

/** A slot of an evening to come, with so many places. */
export const slot = (slotId: string, remaining: number): SlotAvailability => ({
  slotId,
  startsAt: '2031-06-04T18:30:00.000Z',
  endsAt: '2031-06-04T20:30:00.000Z',
  remaining,
  state: 'available',
});
