import type { Queryable } from '@guichet/postgres/pool';

export type Sold = {
  placesLeft: number;
  capacity: number;
  held: number;
  bookings: number;
  onSaleAt: Date | null;
};
export type SlotSale = { offeringId: string; organiserId: string; saleAt: Date; capacity: number };

export const saleStore = (db: Queryable) => ({
  /**
   * What there is of an offering in the slots that can be booked, now or later: one look at its
   * slots and, by their index, at the bookings of those. `undefined` where the offering is not known.
   */
  async findSold(offeringId: string): Promise<Sold | undefined> {
    const { rows } = await db.query<Sold>({
      name: 'find_sold',
      text: `with to_come as (
               select id, capacity, taken, on_sale_at from slots
                where offering_id = $1 and starts_at > now() and status = 'open')
             select coalesce(s.capacity, 0) as capacity, coalesce(s.left, 0) as "placesLeft",
                    s."onSaleAt", b.bookings, coalesce(b.held, 0) as held
               from offerings
               cross join lateral (
                 select sum(capacity)::integer as capacity,
                        sum(capacity - taken)::integer as left,
                        case when bool_and(coalesce(on_sale_at > now(), false)) then min(on_sale_at) end
                          as "onSaleAt"
                   from to_come) s
               cross join lateral (
                 select count(*)::integer as bookings,
                        (sum(places) filter (where bookings.status = 'PENDING'))::integer as held
                   from to_come join bookings on bookings.slot_id = to_come.id
                  where bookings.status not in ('CANCELLED', 'EXPIRED')) b
              where offerings.id = $1`,
      values: [offeringId],
    });
    return rows[0];
  },

  /**
   * What goes on sale within a day, and what did within the last hour, by offering and time: whoever
   * made ready for a sale and was started anew is told of it still.
   */
  async listSales(): Promise<SlotSale[]> {
    const { rows } = await db.query<SlotSale>(
      `select offering_id as "offeringId", organiser_id as "organiserId", on_sale_at as "saleAt",
              sum(capacity)::integer as capacity
         from slots
        where on_sale_at > now() - interval '1 hour' and on_sale_at <= now() + interval '1 day'
          and status = 'open' and starts_at > now()
        group by offering_id, organiser_id, on_sale_at
        order by on_sale_at, offering_id`,
    );
    return rows;
  },
});
