import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import { listPasses } from '../passes/list-passes.ts';
import { admits, type BookingRefusal } from './booking.ts';
import { bookingStore } from './booking-store.ts';
import { resendStore } from './resend-store.ts';

/** Enough for an address that was mistyped twice; more would fill a stranger's inbox. */
const MOST_AN_HOUR = 3;

/**
 * Asks for the confirmation to be sent to the booking's contact again, as it is now. The fact is
 * another one than the confirmation's, so whoever sends once per fact sends once more.
 */
export const resendConfirmation =
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
  async (id: string, visitor: Visitor): Promise<void> => {
    await inTransaction(pool, async (tx) => {
      const store = bookingStore(tx, graceMs);
      const booking = reached(await store.lock(id), visitor, manageTokens, 'write');
      if (!admits(booking)) {
        throw new Refusal<BookingRefusal>(
          'booking_not_confirmed',
          'There is a confirmation to send once the booking is confirmed.',
        );
      }
      if (!(await resendStore(tx).count(id, MOST_AN_HOUR))) {
        const seconds = await resendStore(tx).secondsUntilNext(id);
        throw tooOften(seconds);
      }
      await store.tell(id, 'booking.confirmation_asked', {
        passes: await listPasses(tx, id),
        manageToken: manageTokens.make(id),
      });
    });
    told();
  };
export type ResendConfirmation = ReturnType<typeof resendConfirmation>;

const tooOften = (seconds: number) =>
  new Refusal<BookingRefusal>(
    'resend_too_often',
    `The confirmation was sent ${MOST_AN_HOUR} times within the hour. Look among unwanted e-mail, or try again in ${Math.ceil(seconds / 60)} minutes.`,
    { headers: { 'retry-after': String(seconds) } },
  );
