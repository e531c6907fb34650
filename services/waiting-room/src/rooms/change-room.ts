import { Refusal } from '@guichet/contracts/refusal';
import { outbox } from '@guichet/postgres/outbox';
import type { Tx } from '@guichet/postgres/transaction';
import { inTransaction } from '@guichet/postgres/transaction';
import { type Actor, audited, type RoomActions } from './open-room.ts';
import {
  phaseOf,
  type Room,
  type RoomRefusal,
  refuseRate,
  refuseTimes,
  roomNotFound,
} from './room.ts';
import { type RoomChanges, roomStore } from './room-store.ts';

/** What may change while people wait: none of it is a promise to them. */
const atAnyTime: ReadonlySet<string> = new Set<keyof RoomChanges>(['pacing', 'expectedBuyers']);

function refuseBegun(room: Room, changes: RoomChanges, now: Date): void {
  const phase = phaseOf(room, now);
  if (phase === 'closed') {
    throw new Refusal<RoomRefusal>('room_closed', 'The waiting room is closed. Open another one.');
  }
  const promised = Object.entries(changes).filter(
    ([name, value]) => value !== undefined && !atAnyTime.has(name),
  );
  if (phase === 'announced' || promised.length === 0) return;
  throw new Refusal<RoomRefusal>(
    'room_has_begun',
    `People wait already, so ${promised.map(([name]) => name).join(', ')} cannot change any more; its pacing can.`,
  );
}

/** One's own room, locked. */
async function lockOwn(tx: Tx, id: string, { organiserId }: Actor): Promise<Room> {
  const room = await roomStore(tx).lock(id);
  if (room?.organiserId !== organiserId) throw roomNotFound();
  return room;
}

/** Changes a room: its pacing at any time, its hours and rules until people wait. */
export const changeRoom =
  ({ pool, askPace, live, told, changed }: RoomActions) =>
  async (actor: Actor, id: string, changes: RoomChanges): Promise<Room> => {
    const before = await roomStore(pool).find(id);
    if (before?.organiserId !== actor.organiserId) throw roomNotFound();
    if (changes.pacing) refuseRate(changes.pacing, live().mostPerSecond);
    // Asked before the transaction, which nobody else may wait for.
    const pace = changes.saleAt ? await askPace(before.offeringId) : undefined;
    const slotsOnSaleAt = pace?.onSaleAt ? new Date(pace.onSaleAt) : null;

    const room = await inTransaction(pool, async (tx) => {
      const locked = await lockOwn(tx, id, actor);
      const now = await roomStore(tx).now();
      refuseBegun(locked, changes, now);
      const { opensAt, saleAt, closesAt } = changes;
      if (opensAt ?? saleAt ?? closesAt) {
        const times = {
          opensAt: opensAt ?? locked.opensAt,
          saleAt: saleAt ?? locked.saleAt,
          closesAt: closesAt ?? locked.closesAt,
        };
        refuseTimes(times, { now, slotsOnSaleAt });
      }
      const after = await roomStore(tx).change(id, changes);
      await outbox(tx, 'waiting-room').add(audited('waiting_room.changed', actor, after));
      return after;
    });
    told();
    changed();
    return room;
  };
export type ChangeRoom = ReturnType<typeof changeRoom>;

/** Closes a room. Closing one that is closed says so, and changes nothing. */
export const closeRoom =
  ({ pool, told, changed }: Pick<RoomActions, 'pool' | 'told' | 'changed'>) =>
  async (actor: Actor, id: string): Promise<Room> => {
    const room = await inTransaction(pool, async (tx) => {
      const locked = await lockOwn(tx, id, actor);
      const closed = await roomStore(tx).close(id);
      if (!closed) return locked;
      await outbox(tx, 'waiting-room').add(audited('waiting_room.closed', actor, closed));
      return closed;
    });
    told();
    changed();
    return room;
  };
export type CloseRoom = ReturnType<typeof closeRoom>;
