import type { BookingView } from '@guichet/contracts/bookings';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { useLanguage } from '../layout/language.ts';
import { contactOf, type Details } from './contact.ts';

const tokenIn = (manageToken: string | undefined) => (manageToken ? { manageToken } : {});

/** What a customer does to a booking that is held: fill in, begin to pay, ask for more time. */
export function useCheckout(booking: BookingView | undefined, manageToken: string | undefined) {
  const language = useLanguage();
  const client = useQueryClient();
  const id = booking?.id ?? '';
  const known = (changed: BookingView) => client.setQueryData(['booking', id], changed);

  const beginPaying = useMutation({
    async mutationFn(details: Details) {
      const { attendees } = details;
      const changed = await call('patch /api/bookings/{id}', {
        params: { id },
        ...tokenIn(manageToken),
        body: {
          contact: contactOf(details, language),
          acceptedTerms: booking?.termsVersion,
          ...(attendees.length > 0 && { attendees: [...attendees] }),
        },
      });
      known(changed);
      return call('post /api/payments', {
        body: { bookingId: id, method: 'card' },
        ...tokenIn(manageToken),
        // A booking has one payment: whoever asks twice is answered the same.
        idempotencyKey: crypto.randomUUID(),
      });
    },
    // It may be paid in another tab by now, or over: the booking says which.
    onError: () => client.invalidateQueries({ queryKey: ['booking', id] }),
  });
  const extend = useMutation({
    mutationFn: () =>
      call('post /api/bookings/{id}/extend', { params: { id }, ...tokenIn(manageToken) }),
    onSuccess: known,
  });
  return { beginPaying, extend };
}
