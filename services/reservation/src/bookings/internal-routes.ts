import * as operations from '@guichet/contracts/internal';
import type { Routes } from '@guichet/http/service-app';
import type { BeginPayment } from './begin-payment.ts';
import type { BookingActions } from './booking-routes.ts';

/** What payment asks: it knows who stands before it, reservation knows whose the booking is. */
export function internalRoutes(
  routes: Routes,
  {
    beginPayment,
    showBooking,
  }: Pick<BookingActions, 'showBooking'> & { beginPayment: BeginPayment },
): void {
  routes.on(operations.beginPayment, async ({ params, body, res }) => {
    const booking = await beginPayment(params.id, body.claimant);

    res.json({
      bookingId: booking.id,
      organiserId: booking.organiserId,
      reference: booking.reference,
      customerId: booking.customerId,
      contactEmail: booking.contact?.email,
      amountCents: booking.totalCents,
      currency: booking.currency,
      holdExpiresAt: booking.holdExpiresAt.toISOString(),
    });
  });

  routes.on(operations.bookingAccess, async ({ params, body, res }) => {
    await showBooking(params.id, body.claimant);

    res.status(204).end();
  });
}
