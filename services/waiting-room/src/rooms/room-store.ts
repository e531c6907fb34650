import type { Queryable } from '@guichet/postgres/pool';
import type { Room } from './room.ts';

/** The columns of a room, named as the code has them. */
export const roomColumns = `
  rooms.id, rooms.organiser_id as "organiserId", rooms.offering_id as "offeringId",
  rooms.opens_at as "opensAt", rooms.sale_at as "saleAt", rooms.closes_at as "closesAt",
  rooms.line_order as "order", rooms.holder, rooms.turns_per_holder as "turnsPerHolder",
  rooms.turns_per_address as "turnsPerAddress", rooms.pacing,
  rooms.admission_seconds as "admissionSeconds", rooms.expected_buyers as "expectedBuyers",
  rooms.seed_commitment as "seedCommitment", rooms.closed_at as "closedAt",
  rooms.drawn_at as "drawnAt", rooms.version`;

export type NewRoom = Omit<Room, 'closedAt' | 'drawnAt' | 'version'> & {
  sealedSeed: string | null;
  createdBy: string;
};
type Changeable = Pick<
  Room,
  | 'opensAt'
  | 'saleAt'
  | 'closesAt'
  | 'pacing'
  | 'turnsPerHolder'
  | 'turnsPerAddress'
  | 'admissionSeconds'
  | 'expectedBuyers'
>;
export type RoomChanges = { [Name in keyof Changeable]?: Changeable[Name] | undefined };

export type RoomCounts = {
  joined: number;
  waiting: number;
  admitted: number;
  booked: number;
  lapsed: number;
};

export const roomStore = (db: Queryable) => ({
  /** The one clock that rooms go by. */
  async now(): Promise<Date> {
    const { rows } = await db.query<{ now: Date }>('select now() as now');
    return rows[0]?.now as Date;
  },

  /** Opens a room with an empty line, unless the offering has one that is open. */
  async open(room: NewRoom): Promise<Room | undefined> {
    const { rows } = await db.query<Room>(
      `with opened as (
         insert into rooms (
           id, organiser_id, offering_id, opens_at, sale_at, closes_at, line_order, holder,
           turns_per_holder, turns_per_address, pacing, admission_seconds, expected_buyers,
           seed_commitment, sealed_seed, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (offering_id) where closed_at is null do nothing
         returning *),
       line as (insert into lines (room_id) select id from opened)
       select ${roomColumns} from opened as rooms`,
      [
        room.id,
        room.organiserId,
        room.offeringId,
        room.opensAt,
        room.saleAt,
        room.closesAt,
        room.order,
        room.holder,
        room.turnsPerHolder,
        room.turnsPerAddress,
        room.pacing,
        room.admissionSeconds,
        room.expectedBuyers,
        room.seedCommitment,
        room.sealedSeed,
        room.createdBy,
      ],
    );
    return rows[0];
  },

  async find(id: string): Promise<Room | undefined> {
    const { rows } = await db.query<Room>(`select ${roomColumns} from rooms where id = $1`, [id]);
    return rows[0];
  },

  /** The room, nobody else's to change until the transaction ends. */
  async lock(id: string): Promise<Room | undefined> {
    const { rows } = await db.query<Room>(
      `select ${roomColumns} from rooms where id = $1 for no key update`,
      [id],
    );
    return rows[0];
  },

  /** Changes a room that this transaction has locked. */
  async change(id: string, changes: RoomChanges): Promise<Room> {
    const { rows } = await db.query<Room>(
      `update rooms
          set opens_at = coalesce($2, opens_at),
              sale_at = coalesce($3, sale_at),
              closes_at = coalesce($4, closes_at),
              pacing = coalesce($5, pacing),
              turns_per_holder = coalesce($6, turns_per_holder),
              turns_per_address = coalesce($7, turns_per_address),
              admission_seconds = coalesce($8, admission_seconds),
              expected_buyers = coalesce($9, expected_buyers),
              version = version + 1
        where id = $1
       returning ${roomColumns}`,
      [
        id,
        changes.opensAt,
        changes.saleAt,
        changes.closesAt,
        changes.pacing,
        changes.turnsPerHolder,
        changes.turnsPerAddress,
        changes.admissionSeconds,
        changes.expectedBuyers,
      ],
    );
    return rows[0] as Room;
  },

  /** Closes a room that is open; one that is closed stays as it is. */
  async close(id: string): Promise<Room | undefined> {
    const { rows } = await db.query<Room>(
      `update rooms set closed_at = now(), version = version + 1
        where id = $1 and closed_at is null
       returning ${roomColumns}`,
      [id],
    );
    return rows[0];
  },

  /** Closes rooms whose hour has passed, of one offering or of all; answers how many. */
  async closePast(offeringId: string | null = null): Promise<number> {
    const { rowCount } = await db.query(
      `update rooms set closed_at = closes_at, version = version + 1
        where closed_at is null and closes_at <= now() and ($1::uuid is null or offering_id = $1)`,
      [offeringId],
    );
    return rowCount ?? 0;
  },

  /**
   * Who has joined, waits, was admitted, and has let an admission pass: as many of those whose time is
   * over as bookings that do not come of them. A booking does not say whose it is, so that who is
   * still choosing counts as one that has booked while there are bookings to account for.
   */
  async count(id: string): Promise<RoomCounts> {
    const { rows } = await db.query<RoomCounts>(
      `select joined, joined - called_up_to as waiting, admitted, coalesce(bookings, 0) as booked,
              greatest(0, least(over.turns, admitted - coalesce(bookings, 0))) as lapsed
         from lines
         join rooms on rooms.id = lines.room_id
         cross join lateral (
           select count(*) as turns from turns
            where turns.room_id = rooms.id
              and admitted_at <= now() - rooms.admission_seconds * interval '1 second') over
        where lines.room_id = $1`,
      [id],
    );
    return rows[0] as RoomCounts;
  },

  async listRefusals(id: string): Promise<Record<string, number>> {
    const { rows } = await db.query<{ reason: string; count: number }>(
      'select reason, count from room_refusals where room_id = $1 order by reason',
      [id],
    );
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  },
});
