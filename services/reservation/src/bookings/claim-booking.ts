import { Refusal } from '@guichet/contracts/refusal';
import type { Subject } from '@guichet/http/subject';
import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { reached } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import type { BookingNow, BookingRefusal } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/**
 * Makes a booking the own one of who is signed in and shows its manage token too: an account alone
 * could take anybody's, and the token alone is no account. It can be made one's own once, and who has
 * it keeps it.
 */
export const claimBooking =
  ({
    pool,
    manageTokens,
    graceMs,
    told,
  }: {
    pool: Pool;
    manageTokens: ManageTokens;
    graceMs: number;
    told: () => void;
  }) =>
  async (
    id: string,
    { id: customerId, kind }: Subject,
    manageToken: string | undefined,
  ): Promise<BookingNow> => {
    const shown = manageToken === undefined ? {} : { manageToken };
    const store = bookingStore(pool, graceMs);
    reached(await store.find(id), { ...shown, permissions: [] }, manageTokens, 'write');
    // Whoever acts for an organiser would take it for themselves, in the organiser's name.
    if (kind !== 'customer') {
      throw new Refusal<BookingRefusal>(
        'permission_denied',
        'Your token acts for an organiser. Use one of your own account, without an organiser.',
      );
    }

    await inTransaction(pool, async (tx) => {
      if (!(await bookingStore(tx, graceMs).claim(id, customerId))) return;
      const booking = await bookingStore(tx, graceMs).find(id);
      const { organiserId = null, version = 0 } = booking ?? {};
      const entry = { actorId: customerId, organiserId, action: 'booking.claimed', target: id };
      await outbox(tx, 'reservation').add(auditRecorded(entry, version));
    });
    told();
    // Without its token: it is theirs by now, or somebody else's.
    return reached(await store.find(id), { customerId, permissions: [] }, manageTokens, 'read');
  };
export type ClaimBooking = ReturnType<typeof claimBooking>;
