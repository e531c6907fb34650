import type { AnswerOf } from '../api/call.ts';
import { dayAt } from '../i18n/format.ts';

export type Slot = AnswerOf<'get /api/availability'>['items'][number];
export type State = Slot['state'];

/** Slots under their day at the venue, in time order. */
export function byDay(slots: readonly Slot[], timeZone: string): Map<string, Slot[]> {
  const days = new Map<string, Slot[]>();
  const inOrder = [...slots].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  for (const slot of inOrder) {
    const day = dayAt(slot.startsAt, timeZone);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}

const best: readonly State[] = ['available', 'few_left', 'sold_out', 'not_on_sale', 'closed'];

/** What a day has to offer is what its best slot has. */
export const stateOfDay = (slots: readonly Slot[]): State =>
  best.find((state) => slots.some((slot) => slot.state === state)) ?? 'closed';

export const canBeBooked = ({ state }: Pick<Slot, 'state'>): boolean =>
  state === 'available' || state === 'few_left';

/** What is sold out can be waited for. */
export const canBeChosen = (slot: Pick<Slot, 'state'>): boolean =>
  canBeBooked(slot) || slot.state === 'sold_out';

/** The slots with enough places that are nearest in time to one that has not. */
export function nearest(slots: readonly Slot[], to: Slot, places: number, most = 3): Slot[] {
  const distance = ({ startsAt }: Slot) => Math.abs(Date.parse(startsAt) - Date.parse(to.startsAt));
  return slots
    .filter((slot) => slot.slotId !== to.slotId && canBeBooked(slot) && slot.remaining >= places)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, most);
}
