import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Refused } from '../api/call.ts';
import { forgetAdmission } from './kept-turn.ts';

const leadBack = new Set([
  'admission_required',
  'admission_invalid',
  'admission_lapsed',
  'admission_of_another_sale',
]);

/** Whoever is refused for want of a good admission is led back to the line. */
export function useLineLeadsBack(offeringId: string, ...errors: readonly unknown[]): void {
  const client = useQueryClient();
  const refused = errors.some((error) => error instanceof Refused && leadBack.has(error.code));
  useEffect(() => {
    if (!refused) return;
    forgetAdmission(offeringId);
    void client.invalidateQueries({ queryKey: ['room', offeringId] });
  }, [client, offeringId, refused]);
}
