import type { House } from './house.ts';
import type { Admitted, Call } from './judge/order.ts';
import type { Sale } from './sale.ts';

/** What the tables say, when all is over. */
export async function readBooks({ lines, sold }: House, { room, slotId }: Sale) {
  const turns = await lines.query<{ id: string; rank: string; admitted_at: Date | null }>(
    'select id, rank, admitted_at from turns where room_id = $1 order by rank',
    [room.id],
  );
  const calls = await lines.query<{ called_at: Date; up_to: string }>(
    'select called_at, up_to from calls where room_id = $1 order by called_at, up_to',
    [room.id],
  );
  const bookings = await sold.query<{ id: string; status: string; places: number }>(
    'select id, status, places from bookings where slot_id = $1',
    [slotId],
  );
  return {
    ranks: turns.rows.map(({ rank }) => Number(rank)),
    admitted: turns.rows.flatMap(({ id, rank, admitted_at: at }): Admitted[] =>
      at === null ? [] : [{ turnId: id, rank: Number(rank), admittedAt: at.getTime() }],
    ),
    calls: calls.rows.map(
      ({ called_at: at, up_to: upTo }): Call => ({ calledAt: at.getTime(), upTo: Number(upTo) }),
    ),
    bookings: bookings.rows,
    places: bookings.rows
      .filter(({ status }) => status === 'CONFIRMED')
      .reduce((sum, { places }) => sum + places, 0),
  };
}
export type Books = Awaited<ReturnType<typeof readBooks>>;
