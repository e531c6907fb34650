import {
  bookingAccess,
  type Claimant,
  closePayment as closeOperation,
} from '@guichet/contracts/internal';
import {
  type BegunPayment,
  beginPaying as beginOperation,
  getPayment,
  refundPayment,
} from '@guichet/contracts/payments';
import type { Permission } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';
import type { Routes } from '@guichet/http/service-app';
import { type ServiceClient, ServiceProblem } from '@guichet/http/service-client';
import type { Subject } from '@guichet/http/subject';
import type { GiveBack } from '../refunds/give-back.ts';
import type { Begun, beginPaying } from './begin-paying.ts';
import type { closePayment } from './close-payment.ts';
import { type Payment, type PaymentRefusal, paymentView } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';

/** Reservation's refusals are passed on as they are: it decides about bookings. */
type BookingRefusal =
  | 'booking_not_found'
  | 'booking_not_pending'
  | 'hold_expired'
  | 'contact_missing'
  | 'attendees_missing';

export const statusOfPaymentRefusal = {
  payment_not_found: 404,
  payment_closed: 409,
  already_paid: 409,
  amount_too_small: 422,
  payment_refused: 422,
  payment_not_succeeded: 409,
  refund_too_large: 422,
  provider_unavailable: 503,
  booking_not_found: 404,
  booking_not_pending: 409,
  hold_expired: 409,
  contact_missing: 409,
  attendees_missing: 409,
} satisfies Record<PaymentRefusal | BookingRefusal, number>;

export type PaymentActions = {
  store: PaymentStore;
  beginPaying: ReturnType<typeof beginPaying>;
  closePayment: ReturnType<typeof closePayment>;
  refunds: GiveBack;
  reservation: Pick<ServiceClient, 'call'>;
  publishableKey: string;
};

/**
 * Who stands before the booking, as reservation wants to know it. Staff stand for their organiser
 * only as far as their role goes.
 */
const claimantOf = (
  subject: Subject | undefined,
  manageToken: string | undefined,
  permission: Permission,
): Claimant => ({
  ...(manageToken ? { manageToken } : {}),
  ...(subject?.organiserId && subject.permissions.includes(permission)
    ? { organiserId: subject.organiserId }
    : {}),
  ...(subject && !subject.organiserId ? { customerId: subject.id } : {}),
});

async function passingOn<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ServiceProblem) || !(error.code in statusOfPaymentRefusal)) throw error;
    throw new Refusal(error.code, error.detail);
  }
}

const begunView = (
  { payment: { _id: id, status }, clientSecret }: Begun,
  publishableKey: string,
): BegunPayment =>
  clientSecret === undefined
    ? { provider: 'none', id, status: 'succeeded' }
    : { provider: 'stripe', id, status, clientSecret, publishableKey };

const notFound = () =>
  new Refusal<PaymentRefusal>('payment_not_found', 'There is no such payment.');

export function paymentRoutes(routes: Routes, actions: PaymentActions): void {
  const { store, beginPaying, closePayment, refunds, reservation, publishableKey } = actions;

  /** A payment that the caller may see; another's is answered as if it did not exist. */
  async function visible(id: string, claimant: Claimant): Promise<Payment> {
    const payment = await store.find(id);
    if (!payment?.organiserId) throw notFound();
    await reservation.call(bookingAccess, { params: { id }, body: { claimant } }).catch((error) => {
      throw error instanceof ServiceProblem && error.status === 404 ? notFound() : error;
    });
    return payment;
  }

  routes.on(beginOperation, async ({ body, subject, manageToken, idempotencyKey, res }) => {
    const claimant = claimantOf(subject, manageToken, 'bookings:write');
    const begun = await passingOn(beginPaying(body.bookingId, claimant, idempotencyKey));

    res.status(201).location(`/api/payments/${begun.payment._id}`);
    res.json(begunView(begun, publishableKey));
  });

  routes.on(getPayment, async ({ params, subject, manageToken, res }) => {
    res.json(
      paymentView(await visible(params.id, claimantOf(subject, manageToken, 'payments:read'))),
    );
  });

  routes.on(refundPayment, async ({ params, body, subject, idempotencyKey, res }) => {
    const payment = await store.find(params.id);
    if (!payment || payment.organiserId !== subject.organiserId) throw notFound();

    const refunded = await refunds.refund(params.id, { id: idempotencyKey, ...body });

    res.status(201).json(paymentView(refunded));
  });

  routes.on(closeOperation, async ({ params, body, res }) => {
    res.json({ outcome: await closePayment(params.id, body.reason) });
  });
}
