import { Refusal } from '@guichet/contracts/refusal';

/** Why a valid quote is not sold. */
type PlacingRefusal =
  | 'slot_not_found'
  | 'quote_mismatch'
  | 'offering_withdrawn'
  | 'slot_cancelled'
  | 'slot_departed'
  | 'slot_closed'
  | 'not_on_sale'
  | 'sold_out';

export type Placed = {
  outcome: 'placed' | 'replay';
  bookingId: string;
  reference: string;
  holdExpiresAt: Date;
  totalCents: number;
  currency: string;
  /** The version of the key that makes the booking's manage token. */
  tokenKey: number;
};

/**
 * What placing came to.
 *
 * - `reused`: the key came with another body before.
 * - `reference_taken`, `contended`: nothing was kept, and another try may go through.
 * - `lost`: the connection broke, and whether the booking stands is not known; the same key asked
 *   again finds it or places it.
 * - `in_flight`, `busy`: a lock was not to be had in time, on the key or on the slot.
 */
export type Placement =
  | Placed
  | {
      outcome:
        | 'reused'
        | 'reference_taken'
        | 'contended'
        | 'lost'
        | 'in_flight'
        | 'busy'
        | PlacingRefusal;
    };

export type PlaceBookingRefusal =
  | PlacingRefusal
  | 'idempotency_key_reused'
  | 'admission_used'
  | 'idempotency_key_in_flight'
  | 'busy';

const sentences: Record<PlacingRefusal, string> = {
  slot_not_found: 'There is no such slot.',
  quote_mismatch: 'The quote’s slot belongs to another offering or organiser.',
  offering_withdrawn: 'This offering is no longer sold.',
  slot_cancelled: 'This date has been cancelled.',
  slot_departed: 'This date has passed.',
  slot_closed: 'This date is closed.',
  not_on_sale: 'The sale of this date has not begun.',
  sold_out: 'Not enough places are left.',
};

const soon = { headers: { 'retry-after': '1' } };

/** Where the key is an admission’s, and no client’s own. */
export const admissionScope = 'placeBooking admission';

/** The booking that was placed, `undefined` when another try may place it, else the refusal. */
export function decidePlacement(
  placement: Placement,
  { scope }: { scope: string },
): Placed | undefined {
  switch (placement.outcome) {
    case 'placed':
    case 'replay':
      return placement;
    case 'reference_taken':
    case 'contended':
    case 'lost':
      return undefined;
    case 'reused':
      if (scope === admissionScope) throw used();
      throw new Refusal<PlaceBookingRefusal>(
        'idempotency_key_reused',
        'This Idempotency-Key came with another body before. Use a new key for a new booking.',
      );
    case 'in_flight':
      throw new Refusal<PlaceBookingRefusal>(
        'idempotency_key_in_flight',
        'The request with this Idempotency-Key is still being worked on. Try again shortly.',
        soon,
      );
    case 'busy':
      throw busy();
    default:
      throw new Refusal<PlaceBookingRefusal>(placement.outcome, sentences[placement.outcome]);
  }
}

const used = () =>
  new Refusal<PlaceBookingRefusal>(
    'admission_used',
    'A booking was made with this admission already. Keep it, or join the line again for another.',
  );

export const busy = () =>
  new Refusal<PlaceBookingRefusal>(
    'busy',
    'Too many people want this date at once. Try again with the same Idempotency-Key.',
    soon,
  );

export const soldOut = () => new Refusal<PlaceBookingRefusal>('sold_out', sentences.sold_out);
