import type { Pool } from '@guichet/postgres/pool';
import { placingStore } from './placing-store.ts';

/** Lets keys of more than a day ago be used anew. */
export const forgetKeys =
  ({ pool }: { pool: Pool }) =>
  (): Promise<void> =>
    placingStore(pool).forgetOldKeys();
