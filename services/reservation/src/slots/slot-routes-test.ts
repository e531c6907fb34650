import { newId } from '@guichet/contracts/ids';
import type { Reservation } from '../reservation-server-test.ts';

/** An organiser with an offering that catalog knows and reservation does not yet. */
export async function organiserWith(reservation: Reservation) {
  const organiserId = newId();
  const offering = {
    id: newId(),
    organiserId,
    status: 'published' as const,
    title: { en: 'The Miser' },
    venue: { name: 'Théâtre de la Lanterne', timeZone: 'Europe/Paris' },
    fares: [],
    version: 3,
  };
  reservation.offerings.set(offering.id, offering);
  return { organiserId, offering, token: await reservation.staff(organiserId) };
}

/** Status and code of a problem. */
export const refusal = ({ status, body }: { status: number; body: { code: string } }) =>
  `${status} ${body.code}`;
