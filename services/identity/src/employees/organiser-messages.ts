import { messageSchemas } from '@guichet/contracts/messages';
import { PermanentError, type Subscription } from '@guichet/messaging/bus';
import type { Message } from '@guichet/messaging/message';
import { firstDelivery } from '@guichet/postgres/inbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { grantFirstAdmin } from './grant-first-admin.ts';

const consumer = 'identity.organisers';

function read(message: Message) {
  const parsed = messageSchemas['organiser.changed'].safeParse(message.data);
  if (!parsed.success) {
    throw new PermanentError('No organiser.changed as we know it.', { cause: parsed.error });
  }
  return { organiserId: parsed.data.organiser.id, createdBy: parsed.data.createdBy };
}

/** catalog says who created an organiser; they become its admin here. */
export const organiserMessages = ({ pool }: { pool: Pool }): Subscription => ({
  consumer,
  types: ['organiser.changed'],
  async handle(message) {
    const created = read(message);
    await inTransaction(pool, async (tx) => {
      if (await firstDelivery(tx, consumer, message.id)) await grantFirstAdmin(tx, created);
    });
  },
});
