import type { Attendee, BookingStatus, BookingView, Contact } from '@guichet/contracts/bookings';
import type { RefundRule } from '@guichet/contracts/offering-parts';
import type { ChosenOption, Party, PriceLine } from '@guichet/contracts/quotes';

/** What the quote promised and nothing here computes with, as the booking keeps it. */
type Promised = {
  party: Party;
  options: ChosenOption[];
  lines: PriceLine[];
  terms: string;
  refunds: RefundRule[];
  /** Bookings from before names could be asked have no such promise. */
  names?: boolean;
};

export type Booking = {
  id: string;
  reference: string;
  status: BookingStatus;
  organiserId: string;
  offeringId: string;
  slotId: string;
  startsAt: Date;
  endsAt: Date;
  customerId: string | null;
  contact: Contact | null;
  /** In the order of their places; none until they are named. */
  attendees: Attendee[];
  acceptedTerms: string | null;
  termsAcceptedAt: Date | null;
  places: number;
  quote: Promised;
  totalCents: number;
  taxCents: number;
  currency: string;
  holdExpiresAt: Date;
  extended: boolean;
  paymentBeganAt: Date | null;
  expiringAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
  version: number;
};

/** A booking, and what the database's clock says of it at this moment. */
export type BookingNow = Booking & { lapsed: boolean; departed: boolean; now: Date };

export type BookingRefusal =
  | 'booking_not_found'
  | 'booking_not_pending'
  | 'booking_not_confirmed'
  | 'booking_ended'
  | 'hold_expired'
  | 'already_extended'
  | 'contact_missing'
  | 'attendees_missing'
  | 'attendees_not_asked'
  | 'attendees_mismatch'
  | 'attendee_not_found'
  | 'terms_mismatch'
  | 'slot_departed'
  | 'payment_in_progress'
  | 'resend_too_often'
  | 'permission_denied';

const ended: readonly BookingStatus[] = ['CANCELLED', 'EXPIRED', 'COMPLETED', 'NO_SHOW'];

/** Whether nothing of the booking can change any more by its owner's hand. */
export const hasEnded = ({ status }: Pick<Booking, 'status'>): boolean => ended.includes(status);

/** Whether its passes are good, or were on the day. */
export const admits = ({ status }: Pick<Booking, 'status'>): boolean =>
  status === 'CONFIRMED' || status === 'EMBARKED' || status === 'COMPLETED';

/** Whether the attendees must be named, as the offering said when it was quoted. */
export const asksNames = ({ quote }: Pick<Booking, 'quote'>): boolean => quote.names === true;

export const bookingView = (booking: Booking): BookingView => ({
  id: booking.id,
  reference: booking.reference,
  status: booking.status,
  organiserId: booking.organiserId,
  offeringId: booking.offeringId,
  slotId: booking.slotId,
  startsAt: booking.startsAt.toISOString(),
  endsAt: booking.endsAt.toISOString(),
  party: booking.quote.party,
  options: booking.quote.options,
  places: booking.places,
  lines: booking.quote.lines,
  taxCents: booking.taxCents,
  totalCents: booking.totalCents,
  currency: booking.currency,
  contact: booking.contact,
  asksNames: asksNames(booking),
  attendees: booking.attendees,
  termsVersion: booking.quote.terms,
  acceptedTerms: booking.acceptedTerms,
  termsAcceptedAt: booking.termsAcceptedAt?.toISOString() ?? null,
  holdExpiresAt: booking.status === 'PENDING' ? booking.holdExpiresAt.toISOString() : null,
  paymentBeganAt: booking.paymentBeganAt?.toISOString() ?? null,
  extended: booking.extended,
  createdAt: booking.createdAt.toISOString(),
  version: booking.version,
});
