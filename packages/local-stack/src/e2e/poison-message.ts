import { newId } from '@guichet/contracts/ids';
import { createMessage } from '@guichet/messaging/message';

/** By whom it is parked. */
export const poisoned = 'reservation.payments';

/** Money for a booking that is none: no retry can help. */
export function poisonMessage() {
  const bookingId = newId();
  return createMessage({
    source: 'payment',
    type: 'payment.succeeded',
    subject: bookingId,
    sequence: 1,
    data: {
      paymentId: bookingId,
      bookingId,
      organiserId: newId(),
      reference: 'NOBODY-1',
      provider: 'stripe',
      providerRef: 'pi_nobody',
      amountCents: 2_100,
      currency: 'EUR',
    },
  });
}
