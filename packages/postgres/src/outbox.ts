import type { Fact } from '@guichet/messaging/message';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { Queryable } from './pool.ts';

/** The facts of `source`, written with what they tell of: in the same transaction. */
export const outbox = (tx: Queryable, source: string) => ({
  async add({ type, subject, sequence, data }: Fact): Promise<void> {
    await tx.query(
      `insert into outbox (source, type, subject, sequence, data, traceparent)
       values ($1, $2, $3, $4, $5, $6)`,
      [`guichet/${source}`, type, subject, sequence, JSON.stringify(data), currentTraceparent()],
    );
  },
});
