import type { gates, roomSales } from '@guichet/contracts/internal-sales';
import type { Queryable } from '@guichet/postgres/pool';
import type { z } from 'zod';
import { rateOf } from '../keeper/decide-calls.ts';
import type { Room } from '../rooms/room.ts';
import { roomColumns } from '../rooms/room-store.ts';

type Gates = z.output<(typeof gates.responses)[200]>;
type RoomSales = z.output<(typeof roomSales.responses)[200]>;

/** Of rooms that are open: closed by nobody, and not by their hour. */
const isOpen = 'rooms.closed_at is null and rooms.closes_at > now()';

export const gateStore = (db: Queryable) => ({
  /** How late it is is told without any gate too: hence the row that is always there. */
  async listGates(): Promise<Gates> {
    const { rows } = await db.query<{
      now: Date;
      roomId: string | null;
      offeringId: string;
      closesAt: Date;
    }>(
      `select now() as now, rooms.id as "roomId", offering_id as "offeringId",
              closes_at as "closesAt"
         from (select 1) one left join rooms on ${isOpen} order by rooms.id`,
    );
    const gates = rows.flatMap(({ roomId, offeringId, closesAt }) =>
      roomId === null ? [] : [{ roomId, offeringId, closesAt: closesAt.toISOString() }],
    );
    const [{ now } = { now: new Date(Number.NaN) }] = rows;
    return { now: now.toISOString(), gates };
  },

  async listSales(mostPerSecond: number): Promise<RoomSales> {
    const { rows } = await db.query<Room & { waiting: number }>(
      `select ${roomColumns},
              case when places_left = 0 and held = 0 then 0 else joined - called_up_to end as waiting
         from rooms join lines on lines.room_id = rooms.id
        where ${isOpen} order by rooms.sale_at, rooms.id`,
    );
    return {
      sales: rows.map((room) => ({
        roomId: room.id,
        offeringId: room.offeringId,
        organiserId: room.organiserId,
        opensAt: room.opensAt.toISOString(),
        saleAt: room.saleAt.toISOString(),
        closesAt: room.closesAt.toISOString(),
        expectedBuyers: room.expectedBuyers,
        waiting: room.waiting,
        perSecond: rateOf(room.pacing, mostPerSecond) ?? null,
      })),
    };
  },
});
