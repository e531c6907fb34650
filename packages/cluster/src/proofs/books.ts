import { namespace } from '../deploy/release.ts';
import type { Tools } from '../tools.ts';

/** Asks reservation’s own tables, in the pod that has them. */
export async function askBooks<Row>({ kubectl }: Tools, sql: string): Promise<Row[]> {
  const text = await kubectl(
    ...['exec', '-n', namespace, 'guichet-postgres-0', '-c', 'postgres', '--'],
    ...['psql', '-d', 'guichet_reservation', '-qAt', '-v', 'ON_ERROR_STOP=1', '-c'],
    `select coalesce(json_agg(rows), '[]') from (${sql}) as rows`,
  );
  return JSON.parse(text) as Row[];
}

const placesAreTaken = `status not in ('CANCELLED', 'EXPIRED')`;

export type SlotBooks = { id: string; capacity: number; taken: number; live: number };

/** What each slot’s counter says, and what its bookings say. */
export const slotBooks = (tools: Tools, slotIds: readonly string[]): Promise<SlotBooks[]> =>
  askBooks(
    tools,
    `select s.id, s.capacity, s.taken,
            (select coalesce(sum(places), 0)::int from bookings
              where slot_id = s.id and ${placesAreTaken}) as live
       from slots s where s.id in (${slotIds.map((id) => `'${id}'`).join(', ')})`,
  );

export type BookedRow = { id: string; key: string; slot_id: string; places: number };

/** Every booking of the slots, with the key that it was asked for by; a key twice is a row twice. */
export const bookingsOf = (tools: Tools, slotIds: readonly string[]): Promise<BookedRow[]> =>
  askBooks(
    tools,
    `select b.id, k.key, b.slot_id, b.places
       from bookings b left join booking_keys k on k.booking_id = b.id
      where b.slot_id in (${slotIds.map((id) => `'${id}'`).join(', ')})`,
  );
