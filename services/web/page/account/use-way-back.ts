import { useSearchParams } from 'react-router';
import { useLanguage } from '../layout/language.ts';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The part of an address that says from which offering somebody goes to sign in. */
export const fromOffering = (offeringId: string): string => `?offering=${offeringId}`;

/**
 * Where somebody goes who has signed in: to the offering that they came from, else to their
 * bookings. An id alone is believed, so that no link to sign in leads to another site.
 */
export function useWayBack(): { to: string; search: string } {
  const language = useLanguage();
  const [search] = useSearchParams();
  const offering = search.get('offering') ?? '';
  return id.test(offering)
    ? { to: `/${language}/offerings/${offering}`, search: fromOffering(offering) }
    : { to: `/${language}/bookings`, search: '' };
}
