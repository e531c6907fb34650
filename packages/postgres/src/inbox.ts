import type { Queryable } from './pool.ts';

/**
 * Whether `consumer` sees the message for the first time. Written in the transaction of the
 * effect, so both happen or neither; of two deliveries at once, the second waits for the first.
 */
export async function firstDelivery(
  tx: Queryable,
  consumer: string,
  messageId: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into inbox (consumer, message_id) values ($1, $2) on conflict do nothing`,
    [consumer, messageId],
  );
  return rowCount === 1;
}
