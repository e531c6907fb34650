import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Refused } from '../api/call.ts';
import { forgetAdmission, spendAdmission } from './kept-turn.ts';

const leadBack = new Set([
  'admission_required',
  'admission_invalid',
  'admission_lapsed',
  'admission_of_another_sale',
]);

/** Whoever is refused for want of a good admission is led back to the line. */
export function useLineLeadsBack(offeringId: string, ...errors: readonly unknown[]): void {
  const client = useQueryClient();
  const codes = errors.map((error) => (error instanceof Refused ? error.code : ''));
  const isUsed = codes.includes('admission_used');
  const refused = isUsed || codes.some((code) => leadBack.has(code));
  useEffect(() => {
    if (!refused) return;
    if (isUsed) spendAdmission(offeringId);
    else forgetAdmission(offeringId);
    void client.invalidateQueries({ queryKey: ['room', offeringId] });
  }, [client, offeringId, refused, isUsed]);
}
