import type { PaymentProvider, PaymentStatus, PaymentView } from '@guichet/contracts/payments';
import type { Change, Versioned } from '@guichet/mongo/versioned';

export type PaymentRefusal =
  | 'payment_not_found'
  | 'payment_closed'
  | 'already_paid'
  | 'amount_too_small'
  | 'payment_refused'
  | 'payment_not_succeeded'
  | 'refund_too_large'
  | 'provider_unavailable';

/** One PaymentIntent. There is never a second live one: who begins again is given the same. */
export type Attempt = {
  readonly number: number;
  /**
   * `creating`: claimed, and the provider may or may not know of it yet. `refused`: the provider
   * made no intent of it, and will make none.
   */
  readonly state: 'creating' | 'open' | 'succeeded' | 'cancelled' | 'refused';
  readonly intentId?: string;
  /** W3C trace context of what began it: what comes of it later goes on in that trace. */
  readonly traceparent?: string;
};

export type Refund = {
  /** The Idempotency-Key, or the message type, that asked for it: asked twice is asked once. */
  readonly id: string;
  readonly amountCents: number;
  readonly reason: string;
  readonly state: 'asked' | 'done';
  readonly providerRef?: string;
};

/** The payment of one booking, whose id it has. */
export type Payment = Versioned & {
  readonly status: PaymentStatus;
  /** Set by the fence: from now on no attempt can begin. */
  readonly closed?: 'expired' | 'cancelled';
  readonly organiserId: string;
  readonly customerId: string | null;
  readonly reference: string;
  readonly contactEmail: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly attempts: readonly Attempt[];
  /** The Idempotency-Key that settled a booking which costs nothing: repeated, it is answered again. */
  readonly settledByKey?: string;
  readonly refunds: readonly Refund[];
  readonly refundedCents: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** The charge whose failure was told last, so that each decline is told once. */
  readonly failedCharge?: string;
  readonly updatedAt: Date;
};
export type PaymentChange = Change<Payment>;

export const isPaid = ({ status }: Payment): boolean =>
  status === 'succeeded' || status === 'partially_refunded' || status === 'refunded';

export const liveAttempt = ({ attempts }: Payment): Attempt | undefined =>
  attempts.find(({ state }) => state === 'creating' || state === 'open');

export const withAttempt = (payment: Payment, changed: Attempt): readonly Attempt[] =>
  payment.attempts.map((attempt) => (attempt.number === changed.number ? changed : attempt));

/** The provider's idempotency key: one intent per attempt, however often it is asked for. */
export const intentKey = (bookingId: string, attempt: number) => `guichet:${bookingId}:${attempt}`;

/** A booking that costs nothing is paid without a provider. */
export const providerOf = ({ amountCents }: Payment): PaymentProvider =>
  amountCents === 0 ? 'none' : 'stripe';

export const paymentView = (payment: Payment): PaymentView => ({
  id: payment._id,
  bookingId: payment._id,
  status: payment.status,
  provider: providerOf(payment),
  amountCents: payment.amountCents,
  refundedCents: payment.refundedCents,
  currency: payment.currency,
  failure: payment.failure,
  updatedAt: payment.updatedAt.toISOString(),
});
