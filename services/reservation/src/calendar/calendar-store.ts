import type { Queryable } from '@guichet/postgres/pool';
import type { Slot } from '../slots/slot.ts';

/** A slot, and the database's time. */
export type DatedSlot = Pick<
  Slot,
  | 'id'
  | 'offeringId'
  | 'organiserId'
  | 'startsAt'
  | 'endsAt'
  | 'onSaleAt'
  | 'capacity'
  | 'taken'
  | 'status'
> & { now: Date };

const datedColumns = `
  s.id, s.offering_id as "offeringId", s.organiser_id as "organiserId", s.starts_at as "startsAt",
  s.ends_at as "endsAt", s.on_sale_at as "onSaleAt", s.capacity, s.taken, s.status, now() as now`;

/** A slot that people may see: its offering is published, and it is open and still to come. */
const toCome = `s.status = 'open' and s.starts_at > now()`;

export type CalendarFilters = {
  organiserId?: string | undefined;
  offeringIds?: readonly string[] | undefined;
  from: Date;
  to: Date;
  limit: number;
  /** The last slot of the page before. */
  after?: string | undefined;
};

export const calendarStore = (db: Queryable) => ({
  /** Slots that start in `[from, to)`, one more than asked where there is another page. */
  async listBetween(filters: CalendarFilters): Promise<DatedSlot[]> {
    const { organiserId, offeringIds, from, to, limit, after } = filters;
    const { rows } = await db.query<DatedSlot>(
      `select ${datedColumns}
         from slots s join offerings o on o.id = s.offering_id
        where o.status = 'published' and ${toCome}
          and s.starts_at >= $1 and s.starts_at < $2
          and ($3::uuid is null or s.organiser_id = $3)
          and ($4::uuid[] is null or s.offering_id = any($4))
          and ($5::uuid is null or (s.starts_at, s.id) > (select starts_at, id from slots where id = $5))
        order by s.starts_at, s.id
        limit $6`,
      [from, to, organiserId, offeringIds, after, limit + 1],
    );
    return rows;
  },

  /**
   * The next slot of each offering that can be booked now, or the next one at all where none can, in
   * the order in which the offerings are asked. Two looks into one index (`slots_by_offering`) per
   * offering, each ending at the first slot that fits.
   */
  async listNext(offeringIds: readonly string[]): Promise<DatedSlot[]> {
    const { rows } = await db.query<DatedSlot>(
      `select s.*
         from unnest($1::uuid[]) with ordinality as asked (id, nth)
         join offerings o on o.id = asked.id and o.status = 'published'
        cross join lateral (
           select * from (
             (select 1 as choice, ${datedColumns} from slots s
               where s.offering_id = o.id and ${toCome}
                 and s.taken < s.capacity and (s.on_sale_at is null or s.on_sale_at <= now())
               order by s.starts_at, s.id limit 1)
             union all
             (select 2 as choice, ${datedColumns} from slots s
               where s.offering_id = o.id and ${toCome}
               order by s.starts_at, s.id limit 1)) either
            order by choice limit 1) s
        order by asked.nth`,
      [offeringIds],
    );
    return rows;
  },
});
