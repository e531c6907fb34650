import { hash, randomBytes } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { Subject } from '@guichet/http/subject';
import { seal } from '@guichet/keys/seal';
import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { LiveSettings } from '../config.ts';
import type { AskOffering, AskPace } from './ask-others.ts';
import { type Room, type RoomRefusal, refuseRate, refuseTimes } from './room.ts';
import { type NewRoom, roomStore } from './room-store.ts';

export type Actor = Subject & { readonly organiserId: string };
export type RoomActions = {
  pool: Pool;
  askOffering: AskOffering;
  askPace: AskPace;
  sealingKey: Buffer;
  live: () => Pick<LiveSettings, 'mostPerSecond'>;
  /** Wakes the relay after facts were committed. */
  told: () => void;
  /** Has this replica look at its rooms at once. */
  changed: () => void;
};
export type WantedRoom = Omit<
  NewRoom,
  'id' | 'organiserId' | 'createdBy' | 'seedCommitment' | 'sealedSeed'
>;

/**
 * What a draw is made with is chosen before anybody can wait, and everybody is told its hash: whoever
 * opens the room could not choose another one afterwards that is better for a friend.
 */
function commitSeed(order: Room['order'], sealingKey: Buffer) {
  if (order !== 'draw') return { seedCommitment: null, sealedSeed: null };
  const seed = randomBytes(32);
  return { seedCommitment: hash('sha256', seed, 'hex'), sealedSeed: seal(sealingKey, seed) };
}

export const audited = (action: string, { id: actorId }: Actor, room: Room) =>
  auditRecorded({ actorId, organiserId: room.organiserId, action, target: room.id }, room.version);

/** Puts a room in front of one's own offering that has places to sell and no room yet. */
export const openRoom =
  ({ pool, askOffering, askPace, sealingKey, live, told, changed }: RoomActions) =>
  async (actor: Actor, wanted: WantedRoom): Promise<Room> => {
    const { organiserId } = actor;
    refuseRate(wanted.pacing, live().mostPerSecond);
    const now = await roomStore(pool).now();
    refuseTimes(wanted, { now, slotsOnSaleAt: null });
    const offering = await askOffering(wanted.offeringId);
    if (offering?.organiserId !== organiserId) {
      throw new Refusal<RoomRefusal>('offering_not_found', 'There is no such offering.');
    }
    const pace = await askPace(wanted.offeringId);
    if (!pace || pace.placesLeft <= 0) {
      throw new Refusal<RoomRefusal>(
        'offering_has_no_places',
        'The offering has no places that could be sold. Open a slot first.',
      );
    }
    refuseTimes(wanted, { now, slotsOnSaleAt: pace.onSaleAt ? new Date(pace.onSaleAt) : null });

    const opened = await inTransaction(pool, async (tx) => {
      const store = roomStore(tx);
      await store.closePast(wanted.offeringId);
      const room = await store.open({
        ...wanted,
        ...commitSeed(wanted.order, sealingKey),
        id: newId(),
        organiserId,
        createdBy: actor.id,
      });
      if (!room) {
        throw new Refusal<RoomRefusal>(
          'offering_has_room',
          'The offering has a waiting room. Change or close that one.',
        );
      }
      await outbox(tx, 'waiting-room').add(audited('waiting_room.opened', actor, room));
      return room;
    });
    told();
    changed();
    return opened;
  };
export type OpenRoom = ReturnType<typeof openRoom>;
