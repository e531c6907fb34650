import type { Claimant } from '@guichet/contracts/internal';
import type { Permission } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';
import type { Booking, BookingRefusal } from '../bookings/booking.ts';
import type { ManageTokens } from './manage-token.ts';

/**
 * Who stands before a booking. Staff bring the permissions of their token; a claimant whom another
 * service has judged comes without a list and may do all.
 */
export type Visitor = Claimant & { permissions?: readonly Permission[] };

type Owned = Pick<Booking, 'id' | 'customerId' | 'organiserId'>;

const may = ({ permissions }: Visitor, permission: Permission): boolean =>
  permissions === undefined || permissions.includes(permission);

/** Whether something is the visitor’s: by the token that was made for it, or as its customer. */
export const isOwner = (
  owned: Pick<Owned, 'id' | 'customerId'>,
  visitor: Visitor,
  tokens: ManageTokens,
): boolean =>
  (visitor.manageToken !== undefined && tokens.verify(owned.id, visitor.manageToken)) ||
  (visitor.customerId !== undefined && visitor.customerId === owned.customerId);

const isStaff = (booking: Owned, visitor: Visitor): boolean =>
  visitor.organiserId === booking.organiserId && may(visitor, 'bookings:read');

/**
 * The booking, for whoever reaches it: with its manage token, as its customer, or as staff of its
 * organiser. Everybody else hears that it does not exist; staff who may only read hear that they
 * may not change it.
 */
export function reached<B extends Owned>(
  booking: B | undefined,
  visitor: Visitor,
  tokens: ManageTokens,
  act: 'read' | 'write',
): B {
  if (booking && isOwner(booking, visitor, tokens)) return booking;
  if (!booking || !isStaff(booking, visitor)) {
    throw new Refusal<BookingRefusal>('booking_not_found', 'There is no such booking.');
  }
  if (act === 'write' && !may(visitor, 'bookings:write')) {
    throw new Refusal<BookingRefusal>(
      'permission_denied',
      'Your role may look at bookings, not change them.',
    );
  }
  return booking;
}
