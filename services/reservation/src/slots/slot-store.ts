import { firstIdSince } from '@guichet/contracts/ids';
import type { Queryable } from '@guichet/postgres/pool';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { KnownOffering } from '../offerings/offering-store.ts';
import type { Slot } from './slot.ts';

const slotColumns = `
  id, organiser_id as "organiserId", offering_id as "offeringId", starts_at as "startsAt",
  ends_at as "endsAt", on_sale_at as "onSaleAt", capacity, taken, status, version`;

export type NewSlot = Pick<Slot, 'id' | 'startsAt' | 'endsAt' | 'onSaleAt' | 'capacity'>;
export type SlotChanges = {
  capacity?: number | undefined;
  onSaleAt?: Date | null | undefined;
  status?: 'open' | 'closed' | undefined;
};

/** JSON has no dates: these are instants as text. */
export type OfferedSlot = Pick<Slot, 'id' | 'capacity' | 'taken' | 'status'> & {
  startsAt: string;
  endsAt: string;
  onSaleAt: string | null;
};
type Offer = Pick<KnownOffering, 'organiserId' | 'status'> & {
  timeZone: string;
  now: Date;
  slots: OfferedSlot[];
};

export type Oversold = { slotId: string; places: number };

export const slotStore = (db: Queryable) => ({
  /** Opens slots of one offering, all or none, and tells of each. */
  async open(
    { id: offeringId, organiserId }: { id: string; organiserId: string },
    slots: readonly NewSlot[],
  ): Promise<Slot[]> {
    const { rows } = await db.query<Slot>(
      `with opened as (
         insert into slots (id, organiser_id, offering_id, starts_at, ends_at, on_sale_at, capacity)
         select id, $1, $2, starts_at, ends_at, on_sale_at, capacity
           from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::int[])
             as slot (id, starts_at, ends_at, on_sale_at, capacity)
         returning *),
       told as (select tell_slot(opened::slots, 'slot.opened', $8) from opened)
       select ${slotColumns} from opened where (select count(*) from told) > 0
        order by starts_at, id`,
      [
        organiserId,
        offeringId,
        slots.map(({ id }) => id),
        slots.map(({ startsAt }) => startsAt),
        slots.map(({ endsAt }) => endsAt),
        slots.map(({ onSaleAt }) => onSaleAt),
        slots.map(({ capacity }) => capacity),
        // A season’s slots would be a trace of thousands of spans, which nobody reads.
        slots.length === 1 ? currentTraceparent() : undefined,
      ],
    );
    return rows;
  },

  async find(id: string): Promise<Slot | undefined> {
    const { rows } = await db.query<Slot>(`select ${slotColumns} from slots where id = $1`, [id]);
    return rows[0];
  },

  /** The slot, nobody else's to change until the transaction ends. */
  async lock(id: string): Promise<Slot | undefined> {
    const { rows } = await db.query<Slot>(
      `select ${slotColumns} from slots where id = $1 for no key update`,
      [id],
    );
    return rows[0];
  },

  /** Changes a slot that this transaction has locked. Places more are kept while somebody waits. */
  async change(id: string, { capacity, onSaleAt, status }: SlotChanges): Promise<Slot> {
    const { rows } = await db.query<Slot>(
      `update slots
          set capacity = coalesce($2, capacity),
              taken = taken + more.places,
              kept = kept + more.places,
              on_sale_at = case when $3 then $4 else on_sale_at end,
              status = coalesce($5, status),
              version = version + 1
         from (select case when waiting > 0 then greatest(coalesce($2, capacity) - capacity, 0)
                           else 0 end as places
                 from slots where id = $1) more
        where id = $1
       returning ${slotColumns}`,
      [id, capacity, onSaleAt !== undefined, onSaleAt, status],
    );
    return rows[0] as Slot;
  },

  async tell(id: string, fact: 'slot.opened' | 'slot.closed' | 'slot.sold_out'): Promise<void> {
    await db.query(`select tell_slot(s, $2, $3) from slots s where s.id = $1`, [
      id,
      fact,
      currentTraceparent(),
    ]);
  },

  /**
   * Slots whose bookings have more places than there are, and how many more, among `suspects` and
   * those that were booked since: found by the ids of bookings, which begin with their time.
   */
  async listOversold(since: Date, suspects: readonly string[]): Promise<Oversold[]> {
    const { rows } = await db.query<Oversold>(
      `select s.id as "slotId", (sum(b.places) - s.capacity)::integer as places
         from (select slot_id from bookings where id >= $1 union select unnest($2::uuid[])) booked
         join slots s on s.id = booked.slot_id
         join bookings b on b.slot_id = s.id and b.status not in ('CANCELLED', 'EXPIRED')
        group by s.id
       having sum(b.places) > s.capacity`,
      [firstIdSince(since), suspects],
    );
    return rows;
  },

  /**
   * An offering with those of its slots that start in `[from, to)`, and the database's time. A crowd
   * asks for nothing as often: it is one prepared statement of one row, whose slots are JSON that
   * Node reads natively.
   */
  async findOffer(
    offeringId: string,
    { from, to, limit }: { from: Date | null; to: Date | null; limit: number },
  ): Promise<Offer | undefined> {
    const { rows } = await db.query<Offer>({
      name: 'find_offer',
      text: `select organiser_id as "organiserId", status, venue->>'timeZone' as "timeZone",
                    now() as now,
                    coalesce((
                      select json_agg(slot)
                        from (select id, starts_at as "startsAt", ends_at as "endsAt",
                                     on_sale_at as "onSaleAt", capacity, taken, status
                                from slots
                               where offering_id = offerings.id
                                 and starts_at >= coalesce($2, now())
                                 and starts_at < coalesce($3, timestamptz 'infinity')
                               order by starts_at, id
                               limit $4) slot), '[]') as slots
               from offerings where id = $1`,
      values: [offeringId, from, to, limit],
    });
    return rows[0];
  },
});
