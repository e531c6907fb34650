import type { OfferingView } from '@guichet/contracts/offerings';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { call, serverNow } from '../api/call.ts';
import { remember } from '../bookings/device-bookings.ts';
import { tellHost } from '../embed/tell-host.ts';
import { usePath } from '../embed/use-path.ts';
import { admissionOf, spendAdmission } from '../line/kept-turn.ts';
import type { Slot } from './slots-by-day.ts';

/**
 * Takes the places of a quote. The same quote has the same key, however often the button is
 * pressed: it is one booking.
 */
export function useHold(offering: OfferingView) {
  const navigate = useNavigate();
  const path = usePath();
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());

  return useMutation({
    mutationFn: ({ quote }: { quote: string; slot: Slot }) => {
      const idempotencyKey = keys.current.get(quote) ?? crypto.randomUUID();
      keys.current.set(quote, idempotencyKey);
      const admission = admissionOf(offering.id, serverNow())?.admission;
      return call('post /api/bookings', { body: { quote }, idempotencyKey, admission });
    },
    // What was refused may be so for what others have taken meanwhile.
    onError: () => client.invalidateQueries({ queryKey: ['availability', offering.id] }),
    onSuccess: ({ id, manageToken, reference }, { slot: { startsAt } }) => {
      const { id: offeringId, title, venue } = offering;
      const { timeZone } = venue;
      remember({ id, manageToken, reference, offeringId, title, startsAt, timeZone });
      spendAdmission(offeringId);
      tellHost({ type: 'held' });
      navigate(path(`/checkout/${id}`));
    },
  });
}
