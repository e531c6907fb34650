import type { SlotAvailability } from '@guichet/contracts/slots';

export type KnownSlots = ReadonlyMap<string, SlotAvailability>;

export const slotsById = (items: readonly SlotAvailability[]): KnownSlots =>
  new Map(items.map((item) => [item.slotId, item]));

const isSame = (one: SlotAvailability | undefined, other: SlotAvailability): boolean =>
  one?.state === other.state &&
  one.remaining === other.remaining &&
  one.startsAt === other.startsAt &&
  one.endsAt === other.endsAt;

/**
 * What whoever knew `before` has to be told to know `now`. A slot that is not listed any more has
 * begun; it is told once more, as closed, so that nobody goes on offering it.
 */
export function changesBetween(before: KnownSlots, now: KnownSlots): SlotAvailability[] {
  const changed = [...now.values()].filter((item) => !isSame(before.get(item.slotId), item));
  const begun = [...before.values()].filter(
    ({ slotId, state }) => !now.has(slotId) && state !== 'closed',
  );
  return [
    ...changed,
    ...begun.map((item) => ({ ...item, remaining: 0, state: 'closed' as const })),
  ];
}
