import type { MessageData } from '@guichet/contracts/messages';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Queryable } from '@guichet/postgres/pool';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { Entry, EntryClaim, EntryNow } from './entry.ts';

const entryColumns = `
  e.id, e.organiser_id as "organiserId", e.offering_id as "offeringId", e.slot_id as "slotId",
  e.customer_id as "customerId", e.contact, e.party, e.options, e.places`;

/** With what the slot and what was offered say. */
const entriesNow = `
  select ${entryColumns}, e.position, e.joined_at as "joinedAt", e.booking_id as "bookingId",
         s.starts_at as "startsAt", b.status as "bookingStatus",
         case when e.booking_id is null then (
           select count(*)::integer from waiting_list before
            where before.slot_id = e.slot_id and before.booking_id is null
              and before.position < e.position) else 0 end as ahead
    from waiting_list e
    join slots s on s.id = e.slot_id
    left join bookings b on b.id = e.booking_id`;

export const waitingListStore = (db: Queryable) => ({
  /** What a slot is of and whose it is, for who has nothing but its id. */
  async findSlot(slotId: string) {
    const { rows } = await db.query<{ offeringId: string; organiserId: string }>(
      'select offering_id as "offeringId", organiser_id as "organiserId" from slots where id = $1',
      [slotId],
    );
    return rows[0];
  },

  async find(id: string): Promise<EntryNow | undefined> {
    const { rows } = await db.query<EntryNow>(`${entriesNow} where e.id = $1`, [id]);
    return rows[0];
  },

  /** So many of a slot’s entries after one, in their order. */
  async list(
    slotId: string,
    { after, limit }: { after: string | undefined; limit: number },
  ): Promise<EntryNow[]> {
    const { rows } = await db.query<EntryNow>(
      `${entriesNow}
        where e.slot_id = $1 and e.position > coalesce($2::bigint, 0)
        order by e.position limit $3`,
      [slotId, after, limit],
    );
    return rows;
  },

  /** Why a quote cannot be sold now; `undefined` where it can. */
  async refusalToSell(quote: QuoteClaims, graceMs: number): Promise<string | undefined> {
    const { rows } = await db.query<{ refusal: string | null }>(
      `select refusal_to_place($1, $2 * interval '1 millisecond') as refusal`,
      [quote, graceMs],
    );
    return rows[0]?.refusal ?? undefined;
  },

  /** What was made with a key before, and whether it was asked for in the same words. */
  async findByKey({ key, bodyHash }: EntryClaim) {
    const { rows } = await db.query<EntryNow & { isSame: boolean }>(
      `select entry.*, made.body_hash = $2 as "isSame"
         from waiting_list made
         join (${entriesNow}) entry on entry.id = made.id
        where made.key = $1`,
      [key, bodyHash],
    );
    return rows[0];
  },

  /**
   * Writes an entry, unless its address waits for the slot already or its key has made one, and says
   * whether it did.
   */
  async write(entry: Entry, claim: EntryClaim | undefined): Promise<boolean> {
    const { rowCount } = await db.query(
      `insert into waiting_list (
         id, organiser_id, offering_id, slot_id, customer_id, contact, party, options, places,
         key, body_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict do nothing`,
      [
        entry.id,
        entry.organiserId,
        entry.offeringId,
        entry.slotId,
        entry.customerId,
        entry.contact,
        entry.party,
        JSON.stringify(entry.options),
        entry.places,
        claim?.key,
        claim?.bodyHash,
      ],
    );
    return rowCount === 1;
  },

  /**
   * Counts one more who waits for a slot, if it has fewer places free than they want and no more
   * than `most` wait, and says whether it did. From then on what comes back is kept for them.
   */
  async count({ slotId, places }: Entry, most: number): Promise<boolean> {
    const { rowCount } = await db.query(
      `update slots set waiting = waiting + 1
        where id = $1 and capacity - taken < $2 and waiting < $3`,
      [slotId, places, most],
    );
    return rowCount === 1;
  },

  async tellJoined(data: MessageData<'waiting_list.joined'>): Promise<void> {
    await db.query(`select record_fact('waiting_list.joined', $1, 1, $2, $3)`, [
      data.entryId,
      data,
      currentTraceparent(),
    ]);
  },

  /** Takes out an entry that waits, and says whether there was one. */
  async remove(id: string): Promise<boolean> {
    const { rows } = await db.query<{ slotId: string }>(
      `delete from waiting_list where id = $1 and booking_id is null returning slot_id as "slotId"`,
      [id],
    );
    const slotId = rows[0]?.slotId;
    if (slotId === undefined) return false;
    await db.query('update slots set waiting = waiting - 1 where id = $1', [slotId]);
    return true;
  },

  /** Slots that are sold on and have places kept. */
  async listKept(limit: number): Promise<string[]> {
    const { rows } = await db.query<{ id: string }>(
      `select id from slots
        where kept > 0 and status = 'open' and starts_at > now() order by id limit $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  },

  /** Who has waited longest among those who have use for what a slot has, kept and free. */
  async findNext(slotId: string): Promise<(Entry & { startsAt: Date }) | undefined> {
    const { rows } = await db.query<Entry & { startsAt: Date }>(
      `select ${entryColumns}, s.starts_at as "startsAt"
         from slots s join waiting_list e on e.slot_id = s.id
        where s.id = $1 and e.booking_id is null and e.places <= s.kept + s.capacity - s.taken
        order by e.position limit 1`,
      [slotId],
    );
    return rows[0];
  },

  /** An entry that still waits, nobody else's to offer or take out until the transaction ends. */
  async lock(id: string): Promise<boolean> {
    const { rowCount } = await db.query(
      'select from waiting_list where id = $1 and booking_id is null for update skip locked',
      [id],
    );
    return rowCount === 1;
  },

  /** Takes what is kept of a slot for one who waits, to be booked by the same transaction. */
  async release(slotId: string, places: number): Promise<void> {
    await db.query(
      `update slots
          set taken = taken - least(kept, $2), kept = kept - least(kept, $2), waiting = waiting - 1
        where id = $1`,
      [slotId, places],
    );
  },

  /** Notes what was offered: the entry waits no longer. */
  async offered(id: string, bookingId: string): Promise<void> {
    await db.query('update waiting_list set booking_id = $2 where id = $1', [id, bookingId]);
  },

  /** Puts back on sale what nobody who waits has use for, and says whether there was something. */
  async giveBack(slotId: string): Promise<boolean> {
    const { rows } = await db.query<{ given: boolean }>(
      'select give_back_kept_places($1, $2) as given',
      [slotId, currentTraceparent()],
    );
    return rows[0]?.given === true;
  },

  /**
   * Forgets who waited for slots that are over: their addresses are of no use any more. What somebody
   * else is at is left for the next time, so that two who sweep at once never wait for each other.
   */
  async forgetOver(limit: number): Promise<number> {
    const { rows } = await db.query<{ forgotten: number }>(
      `with gone as (
         delete from waiting_list where id in (
           select e.id from waiting_list e join slots s on s.id = e.slot_id
            where s.starts_at <= now() or s.status in ('cancelled', 'completed')
            limit $1 for update of e skip locked for no key update of s skip locked)
         returning slot_id, booking_id),
       waited as (
         select slot_id, count(*)::integer as people from gone
          where booking_id is null group by slot_id),
       counted as (
         update slots set waiting = waiting - people from waited where slots.id = slot_id)
       select count(*)::integer as forgotten from gone`,
      [limit],
    );
    return rows[0]?.forgotten ?? 0;
  },

  async measure(): Promise<{ waiting: number; kept: number }> {
    const { rows } = await db.query<{ waiting: number; kept: number }>(
      `select (select count(*)::integer from waiting_list where booking_id is null) as waiting,
              (select coalesce(sum(kept), 0)::integer from slots
                where kept > 0 and status = 'open' and starts_at > now()) as kept`,
    );
    return rows[0] ?? { waiting: 0, kept: 0 };
  },
});
