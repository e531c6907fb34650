import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, serverNow } from '../api/call.ts';
import { admissionOf } from '../line/kept-turn.ts';
import { type Choice, chosenOptions, chosenParty } from './choice.ts';

/** Pressing "more" five times is one question. */
const pauseMs = 150;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The price of what is chosen, all fees in it, as the API promises it; of what can be had only. */
export function useQuote(
  offeringId: string,
  { slotId, party, options }: Choice,
  canBeHad: boolean,
) {
  const body = { slotId, party: chosenParty(party), options: chosenOptions(options) };
  const current = JSON.stringify(body);
  const asked = useSettled(current);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['quote', offeringId, asked],
    queryFn: () =>
      call('post /api/offerings/{id}/quotes', {
        params: { id: offeringId },
        body: JSON.parse(asked),
        admission: admissionOf(offeringId, serverNow())?.admission,
      }),
    enabled: slotId !== undefined && canBeHad && asked === current,
    placeholderData: keepPreviousData,
    // A quote is good for ten minutes.
    staleTime: 8 * 60_000,
    retry: false,
  });
  return {
    data,
    error,
    /** Whether it is the price of something chosen before: nobody books what they have just left. */
    isAsked: asked !== current || isFetching || isPlaceholderData,
  };
}
