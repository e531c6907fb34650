import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { admitTurn } from '../admissions/admit-turn.ts';
import { checkEmailCode } from '../email-codes/check-email-code.ts';
import { createNetworks } from '../networks/networks.ts';
import { createRefusals } from '../networks/refusals.ts';
import { createVelocity } from '../networks/velocity.ts';
import { createVisits } from '../visits/visits.ts';
import { lineTokenKeys, type SeededRoom } from '../waiting-room-test.ts';
import { joinLine, type Wish } from './join-line.ts';
import { createTurnReader, showTurn } from './show-turn.ts';

/** All that gives turns and lets in, of one replica, with a clock of its own. */
export function line(pool: Pool, { now = Date.now, joinsPerMinute = 1_000_000 } = {}) {
  const keys = lineTokenKeys;
  const metrics = createMetrics({ service: 'test' });
  const logger = createLogger({ service: 'test', level: 'silent' });
  const networks = createNetworks(keys);
  const visits = createVisits(keys, now);
  const refusals = createRefusals({ pool, metrics, logger });
  const readTurn = createTurnReader(keys);
  const roomOf = async (id: string) => {
    const { rows } = await pool.query(
      'select holder, offering_id, phase_of(rooms) as phase from rooms where id = $1',
      [id],
    );
    return rows[0];
  };
  const join = joinLine({
    pool,
    keys,
    visits,
    networks,
    velocity: createVelocity(undefined, () => joinsPerMinute),
    checkEmailCode: checkEmailCode({ pool, networks }),
    refusals,
    holderOf: async (id) => (await roomOf(id)).holder,
  });
  return {
    networks,
    visits,
    refusals,
    roomOf,
    join,
    show: showTurn({ pool, keys, readTurn }),
    admit: admitTurn({
      pool,
      keys,
      readTurn,
      networks,
      refusals,
      offeringOf: async (id) => (await roomOf(id)).offering_id,
      metrics,
    }),
    /** A page of the room that was loaded a few seconds ago at an address. */
    visitFrom: (room: SeededRoom, address: string) =>
      createVisits(keys, () => now() - 5_000).sign(room.id, networks.of(address)),
  };
}
export type Line = ReturnType<typeof line>;

/** An address of another block for each. */
export const addressOf = (nth: number) => `10.${nth >> 8}.${nth & 255}.7`;

/** Somebody who loads a page and joins from it. */
export const wishOf = (of: Line, room: SeededRoom, nth: number, more: Partial<Wish> = {}): Wish => {
  const address = more.address ?? addressOf(nth);
  return {
    roomId: room.id,
    visit: of.visitFrom(room, address),
    customerId: undefined,
    email: undefined,
    code: undefined,
    ...more,
    address,
  };
};

/** The rank up to which people are called, as its keeper would call them. */
export const callUpTo = (pool: Pool, room: SeededRoom, rank: number) =>
  pool.query('update lines set called_up_to = $2, places_left = 100, held = 0 where room_id = $1', [
    room.id,
    rank,
  ]);
