import type { Queryable } from '@guichet/postgres/pool';
import { currentTraceparent } from '@guichet/telemetry/trace';

export type Fenced = { id: string; becoming: 'EXPIRED' | 'CANCELLED' };

/**
 * Holds that run out, and the fence that those pass whose payment began: while `expiring_at` is
 * set, no payment can begin, and the places stay taken until payment says that no money can come.
 */
export const holdStore = (db: Queryable, graceMs: number) => ({
  /** Frees holds that ran out before a payment began, of any slot, and says how many. */
  async freeLapsed(atMost: number): Promise<number> {
    const { rows } = await db.query<{ freed: number }>(
      `select free_lapsed_holds($1 * interval '1 millisecond', $2) as freed`,
      [graceMs, atMost],
    );
    return rows[0]?.freed ?? 0;
  },

  /** Sends holds that ran out after a payment began to the fence, and says how many. */
  async fenceLapsed(atMost: number): Promise<number> {
    const { rowCount } = await db.query(
      `with fenced as (
         update bookings
            set expiring_at = now(), expiring_to = 'EXPIRED',
                fence_attempts = 0, fence_due_at = now(), version = version + 1
          where id in (
            select id from bookings
             where status = 'PENDING' and expiring_at is null
               and payment_began_at is not null
               and hold_expires_at <= now() - $1 * interval '1 millisecond'
             order by hold_expires_at
             limit $2
               for update skip locked)
         returning *)
       select tell_booking(fenced::bookings, 'booking.expiring') from fenced`,
      [graceMs, atMost],
    );
    return rowCount ?? 0;
  },

  /**
   * Sends one hold to the fence because its owner cancels it. `leaseMs` is what the caller has to
   * run the fence itself before the sweeper does.
   */
  async fence(id: string, leaseMs: number): Promise<void> {
    await db.query(
      `with fenced as (
         update bookings
            set expiring_at = now(), expiring_to = 'CANCELLED', fence_attempts = 1,
                fence_due_at = now() + $2 * interval '1 millisecond', version = version + 1
          where id = $1 and status = 'PENDING' and expiring_at is null
         returning *)
       select tell_booking(fenced::bookings, 'booking.expiring', '{}', $3) from fenced`,
      [id, leaseMs, currentTraceparent()],
    );
  },

  /**
   * Claims fences that are due. The next look is written down before this one is made, so that a
   * crash costs a wait, and it backs off to a minute while payment or the provider is away.
   */
  async claimDueFences(atMost: number): Promise<Fenced[]> {
    const { rows } = await db.query<Fenced>(
      `update bookings
          set fence_attempts = fence_attempts + 1,
              fence_due_at = now()
                + least(60, 2 ^ least(fence_attempts, 6)) * (0.75 + random() / 2) * interval '1 second'
        where id in (
          select id from bookings
           where expiring_at is not null and fence_due_at <= now()
           order by fence_due_at
           limit $1
             for update skip locked)
       returning id, expiring_to as becoming`,
      [atMost],
    );
    return rows;
  },

  /**
   * Ends bookings that stand at the fence to become this, in one commit, and answers those that
   * still did. One outcome a statement: with two of them the slots of the second would be locked
   * after those of the first, and not by id.
   */
  async endFenced(ids: readonly string[], becoming: Fenced['becoming']): Promise<string[]> {
    const { rows } = await db.query<{ id: string }>(
      `with fenced as materialized (
         select id from bookings
          where id = any ($1::uuid[]) and expiring_at is not null and expiring_to = $2
          order by id
            for no key update),
       ended as materialized (
         select end_bookings(array_agg(id), $2, $3, $4, $5) from fenced having count(*) > 0)
       select id from fenced where (select count(*) from ended) > 0`,
      [
        ids,
        becoming,
        becoming === 'EXPIRED' ? 'booking.expired' : 'booking.cancelled',
        // Nothing was paid, so nothing goes back.
        becoming === 'EXPIRED' ? {} : { refundCents: 0 },
        // What several have in common is nobody’s trace.
        ids.length === 1 ? currentTraceparent() : undefined,
      ],
    );
    return rows.map(({ id }) => id);
  },

  /** Makes a fence due at once, because payment has news of it. */
  async hastenFence(id: string): Promise<void> {
    await db.query(
      'update bookings set fence_due_at = now() where id = $1 and expiring_at is not null',
      [id],
    );
  },

  /** How many hold places, and since when the oldest should hold none and still does. */
  async holdQueue(): Promise<{ bookings: number; lapsedSeconds: number }> {
    const { rows } = await db.query<{ bookings: number; lapsedSeconds: number }>(
      `select count(*)::integer as bookings,
              coalesce(
                extract(epoch from now() - min(hold_expires_at) filter (
                  where payment_began_at is null
                    and hold_expires_at <= now() - $1 * interval '1 millisecond')),
                0)::float8 as "lapsedSeconds"
         from bookings where status = 'PENDING' and expiring_at is null`,
      [graceMs],
    );
    return rows[0] ?? { bookings: 0, lapsedSeconds: 0 };
  },

  /** How many bookings stand at the fence, and for how long the oldest has. */
  async fenceQueue(): Promise<{ bookings: number; oldestSeconds: number }> {
    const { rows } = await db.query<{ bookings: number; oldestSeconds: number }>(
      `select count(*)::integer as bookings,
              coalesce(extract(epoch from now() - min(expiring_at)), 0)::float8 as "oldestSeconds"
         from bookings where expiring_at is not null`,
    );
    return rows[0] ?? { bookings: 0, oldestSeconds: 0 };
  },
});
