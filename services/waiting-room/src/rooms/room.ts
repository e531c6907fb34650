import { Refusal } from '@guichet/contracts/refusal';
import type { Pacing, RoomPhase, RoomView } from '@guichet/contracts/waiting-rooms';

export type Room = Pick<
  RoomView,
  | 'id'
  | 'organiserId'
  | 'offeringId'
  | 'order'
  | 'holder'
  | 'turnsPerHolder'
  | 'turnsPerAddress'
  | 'pacing'
  | 'admissionSeconds'
  | 'expectedBuyers'
  | 'seedCommitment'
  | 'version'
> &
  RoomTimes & {
    closedAt: Date | null;
    /** When its draw was made, if it has one. */
    drawnAt: Date | null;
  };
export type RoomTimes = { opensAt: Date; saleAt: Date; closesAt: Date };

export type RoomRefusal =
  | 'offering_not_found'
  | 'offering_has_room'
  | 'offering_has_no_places'
  | 'sale_in_the_past'
  | 'room_times_invalid'
  | 'rate_above_capacity'
  | 'catalog_unavailable'
  | 'room_not_found'
  | 'room_closed'
  | 'room_has_begun';

/** What `phase_of` says in the database, for an instant of the database's clock. */
export function phaseOf(
  { opensAt, saleAt, closesAt, closedAt }: RoomTimes & { closedAt: Date | null },
  now: Date,
): RoomPhase {
  if (closedAt || closesAt <= now) return 'closed';
  if (saleAt <= now) return 'admitting';
  return opensAt <= now ? 'waiting' : 'announced';
}

export const roomView = (room: Room, now: Date): RoomView => ({
  id: room.id,
  organiserId: room.organiserId,
  offeringId: room.offeringId,
  opensAt: room.opensAt.toISOString(),
  saleAt: room.saleAt.toISOString(),
  closesAt: room.closesAt.toISOString(),
  order: room.order,
  holder: room.holder,
  turnsPerHolder: room.turnsPerHolder,
  turnsPerAddress: room.turnsPerAddress,
  pacing: room.pacing,
  admissionSeconds: room.admissionSeconds,
  expectedBuyers: room.expectedBuyers,
  phase: phaseOf(room, now),
  seedCommitment: room.seedCommitment,
  version: room.version,
});

const refusal = (code: RoomRefusal, sentence: string) => new Refusal<RoomRefusal>(code, sentence);

export const roomNotFound = () => refusal('room_not_found', 'There is no such waiting room.');

/** Refuses hours in which nobody could wait or buy. `slotsOnSaleAt`: when the first slot can be bought. */
export function refuseTimes(
  { opensAt, saleAt, closesAt }: RoomTimes,
  { now, slotsOnSaleAt }: { now: Date; slotsOnSaleAt: Date | null },
): void {
  if (saleAt <= now) {
    throw refusal(
      'sale_in_the_past',
      `The sale would have begun at ${saleAt.toISOString()}, and it is ${now.toISOString()}. Give an hour that is to come.`,
    );
  }
  if (opensAt > saleAt) {
    throw refusal('room_times_invalid', 'Let people wait before the sale begins, not after it.');
  }
  if (closesAt <= saleAt) {
    throw refusal('room_times_invalid', 'Close the room after the sale has begun, not before it.');
  }
  if (slotsOnSaleAt && slotsOnSaleAt > saleAt) {
    throw refusal(
      'room_times_invalid',
      `No slot can be bought before ${slotsOnSaleAt.toISOString()}: let nobody in earlier, or put a slot on sale sooner.`,
    );
  }
}

/** Refuses to call more people than the path to a payment bears. */
export function refuseRate(pacing: Pacing, mostPerSecond: number): void {
  if (pacing.by !== 'rate' || pacing.perMinute <= mostPerSecond * 60) return;
  throw refusal(
    'rate_above_capacity',
    `At most ${mostPerSecond * 60} people can be let in each minute here. Give a lower rate, or let it be measured.`,
  );
}
