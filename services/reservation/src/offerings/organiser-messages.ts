import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { Pool } from '@guichet/postgres/pool';
import { organiserStore } from './organiser-store.ts';

/** Follows what organisers are called. */
export const organiserMessages = ({ pool }: { pool: Pool }) => ({
  consumer: 'reservation.organisers',
  types: ['organiser.changed'] as const,
  async handle({ data }: Message): Promise<void> {
    const { organiser } = messageSchemas['organiser.changed'].parse(data);
    await organiserStore(pool).keep(organiser);
  },
});
