import { closePayment } from '@guichet/contracts/internal';
import type { ServiceClient } from '@guichet/http/service-client';
import type { ClosePayment } from './run-fence.ts';

/** Asks payment over HTTP to close the payment of a booking; it may be asked again and again. */
export const askPayment =
  (payment: ServiceClient): ClosePayment =>
  async (id, reason) => {
    const { outcome } = await payment.call(closePayment, { params: { id }, body: { reason } });
    return outcome;
  };
