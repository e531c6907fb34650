import type { Pool } from '@guichet/postgres/pool';

/** How old what is remembered may be when somebody is refused by it. */
const freshMs = 100;
/** More slots than these do not sell out in one moment; of more the first are forgotten. */
const mostLatched = 1_000;
/** A slot that nobody has asked for so long has no crowd any more, and costs a reading no row. */
const unaskedMs = 10_000;

type Latched = {
  /** Places that remain, when it was read. */
  remaining: number;
  /** When the next hold of it lapses, by this process’s clock. */
  lapsesAt: number;
  /** When it was read; never, until it is. */
  readAt: number;
  /** When somebody last wanted places of it. */
  askedAt: number;
};

export type SlotRest = {
  slotId: string;
  remaining: number;
  /** Until the next hold lapses whose payment has not begun; null where there is none. */
  lapsesInMs: number | null;
};

/** What remains of open slots, and when the first place that somebody holds may be free again. */
export const readRests =
  (pool: Pool, graceMs: number) =>
  async (slotIds: readonly string[]): Promise<SlotRest[]> => {
    const { rows } = await pool.query<SlotRest>({
      name: 'read_rests',
      text: `select id as "slotId",
                    capacity - taken as remaining,
                    (select extract(epoch from min(hold_expires_at) - now()) * 1000 + $2::integer
                       from bookings
                      where slot_id = slots.id and status = 'PENDING'
                        and payment_began_at is null and expiring_at is null)::float8 as "lapsesInMs"
               from slots where id = any ($1::uuid[]) and status = 'open'`,
      values: [slotIds, graceMs],
    });
    return rows;
  };

/**
 * Remembers which slots are sold out, so that the crowd that comes too late costs the database
 * nothing. A slot is remembered when the database has refused a party for want of places, and
 * forgotten when a hold of it lapses, when places are there again, or when nobody has asked for it
 * for ten seconds: all that are remembered are read in one query, at most every 100 ms, by whoever
 * asks. When that fails, all are forgotten.
 */
export function createSoldOutLatch(
  readSlots: (slotIds: readonly string[]) => Promise<readonly SlotRest[]>,
  now: () => number = Date.now,
) {
  const latched = new Map<string, Latched>();
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const readAt = now();
    for (const [slotId, { askedAt }] of latched) {
      if (askedAt < readAt - unaskedMs) latched.delete(slotId);
    }
    const slotIds = [...latched.keys()];
    try {
      const rests = await readSlots(slotIds);
      const known = new Map(rests.map((rest) => [rest.slotId, rest]));
      for (const slotId of slotIds) {
        const rest = known.get(slotId);
        const before = latched.get(slotId);
        latched.delete(slotId);
        if (!rest || !before) continue;
        const lapsesAt = rest.lapsesInMs === null ? Infinity : readAt + rest.lapsesInMs;
        latched.set(slotId, { ...before, remaining: rest.remaining, lapsesAt, readAt });
      }
    } catch {
      latched.clear();
    }
  }

  /** As it was a moment ago, or is now; undefined where it is forgotten. */
  async function restOf(slotId: string): Promise<Latched | undefined> {
    const cameAt = now();
    for (;;) {
      const rest = latched.get(slotId);
      if (rest) rest.askedAt = cameAt;
      if (!rest || rest.readAt >= cameAt - freshMs) return rest;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    }
  }

  return {
    /** The database has just refused a party of this slot for want of places. */
    latch(slotId: string): void {
      if (latched.has(slotId)) return;
      const first = latched.size >= mostLatched ? latched.keys().next().value : undefined;
      if (first !== undefined) latched.delete(first);
      const askedAt = now();
      latched.set(slotId, { remaining: 0, lapsesAt: Infinity, readAt: -Infinity, askedAt });
    },

    /** Whether so many places of a slot are known not to be there. */
    async refuses(slotId: string, places: number): Promise<boolean> {
      const rest = await restOf(slotId);
      if (!rest) return false;
      if (places > rest.remaining && now() < rest.lapsesAt) return true;
      latched.delete(slotId);
      return false;
    },
  };
}
