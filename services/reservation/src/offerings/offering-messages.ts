import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { Pool } from '@guichet/postgres/pool';
import { offeringStore } from './offering-store.ts';
import { organiserStore } from './organiser-store.ts';

/** Follows catalog by the versions of its offerings; an older one changes nothing. */
export const offeringMessages = ({ pool }: { pool: Pool }) => {
  const offerings = offeringStore(pool);
  return {
    consumer: 'reservation.offerings',
    types: ['offering.published', 'offering.withdrawn'] as const,
    async handle({ type, data }: Message): Promise<void> {
      if (type === 'offering.published') {
        const { offering, organiser } = messageSchemas['offering.published'].parse(data);
        await offerings.keep(offering);
        await organiserStore(pool).keep({ ...organiser, version: 0 });
      } else {
        const { offeringId, version } = messageSchemas['offering.withdrawn'].parse(data);
        await offerings.withdraw(offeringId, version);
      }
    },
  };
};
