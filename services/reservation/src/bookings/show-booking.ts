import type { Pool } from '@guichet/postgres/pool';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import type { BookingNow } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/** A booking, for whoever reaches it. */
export const showBooking =
  ({ pool, manageTokens, graceMs }: { pool: Pool; manageTokens: ManageTokens; graceMs: number }) =>
  async (id: string, visitor: Visitor): Promise<BookingNow> =>
    reached(await bookingStore(pool, graceMs).find(id), visitor, manageTokens, 'read');
