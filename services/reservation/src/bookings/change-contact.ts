import type { Contact } from '@guichet/contracts/bookings';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import type { BookingNow, BookingRefusal } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/** Sets who is written to and who stands for the booking; needed before it can be paid. */
export const changeContact =
  ({ pool, manageTokens, graceMs }: { pool: Pool; manageTokens: ManageTokens; graceMs: number }) =>
  async (id: string, visitor: Visitor, contact: Contact): Promise<BookingNow> => {
    const store = bookingStore(pool, graceMs);
    reached(await store.find(id), visitor, manageTokens, 'write');

    if (!(await store.changeContact(id, contact))) {
      throw new Refusal<BookingRefusal>(
        'booking_ended',
        'This booking is over and cannot be changed.',
      );
    }
    return reached(await store.find(id), visitor, manageTokens, 'write');
  };
export type ChangeContact = ReturnType<typeof changeContact>;
