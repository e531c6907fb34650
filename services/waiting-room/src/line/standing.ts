import { phaseOf } from '../rooms/room.ts';
import type { RoomLine } from './line-store.ts';

type Stands = { readonly calledUpTo: number; readonly sinceMs: number };

/**
 * Says for how many milliseconds the line has stood, as far as it was looked at, that has stood
 * longest: of rooms from which people are let in, who wait, and for whom places are left. Any other
 * line stands for a reason.
 */
export function createStanding() {
  let known = new Map<string, Stands>();

  return (moving: readonly RoomLine[], now: Date): number => {
    const due = moving.filter(
      ({ room, line }) =>
        phaseOf(room, now) === 'admitting' &&
        line.joined > line.calledUpTo &&
        line.placesLeft !== null &&
        line.placesLeft > 0,
    );
    known = new Map(
      due.map(({ room, line: { calledUpTo } }) => {
        const before = known.get(room.id);
        const stands = before?.calledUpTo === calledUpTo;
        return [room.id, stands ? before : { calledUpTo, sinceMs: now.getTime() }];
      }),
    );
    return Math.max(0, ...[...known.values()].map(({ sinceMs }) => now.getTime() - sinceMs));
  };
}
