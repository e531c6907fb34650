import type { Pool } from '@guichet/postgres/pool';
import { type KnownOffering, offeringStore } from './offering-store.ts';

/** An offering as reservation knows it. */
export const findOffering =
  ({ pool }: { pool: Pool }) =>
  (id: string): Promise<KnownOffering | undefined> =>
    offeringStore(pool).find(id);
export type FindOffering = ReturnType<typeof findOffering>;
