import type { Queryable } from '@guichet/postgres/pool';
import { passStore } from './pass-store.ts';

/** The codes of a booking's passes, in the order of the places that they admit to. */
export const listPasses = (db: Queryable, bookingId: string): Promise<string[]> =>
  passStore(db).listCodes(bookingId);
