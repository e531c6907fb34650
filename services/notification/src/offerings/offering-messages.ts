import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { KnownStore } from './known-store.ts';

export const offeringMessages = ({ known }: { known: KnownStore }) => ({
  consumer: 'notification.offerings',
  types: ['offering.published'],
  async handle({ subject, sequence, data }: Message): Promise<void> {
    await known.offerings.keep(subject, sequence, messageSchemas['offering.published'].parse(data));
  },
});
