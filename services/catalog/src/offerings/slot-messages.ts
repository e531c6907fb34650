import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { SlotDateStore } from './slot-date-store.ts';

/** Facts of slots that say when an offering can be booked. */
export const slotMessages = ({ slotDates }: { slotDates: SlotDateStore }) => ({
  consumer: 'catalog.slot-dates',
  types: ['slot.opened', 'slot.closed', 'slot.cancelled'] as const,
  async handle(message: Message): Promise<void> {
    const { slotId, offeringId, startsAt, status } = messageSchemas['slot.opened'].parse(
      message.data,
    );
    await slotDates.keep({
      _id: slotId,
      offeringId,
      startsAt: new Date(startsAt),
      status,
      sequence: message.sequence,
    });
  },
});
