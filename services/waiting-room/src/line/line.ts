import type { LineView } from '@guichet/contracts/lines';
import type { RoomPhase } from '@guichet/contracts/waiting-rooms';
import { z } from 'zod';
import { phaseOf, type Room } from '../rooms/room.ts';

/** What moves in a room, as the database has it and as replicas tell each other. */
export const lineSchema = z.object({
  roomId: z.string(),
  joined: z.number(),
  calledUpTo: z.number(),
  placesLeft: z.number().nullable(),
  held: z.number().nullable(),
  calledPerMinute: z.number(),
});
export type Line = z.output<typeof lineSchema>;

/** What is newly heard of a line; it never falls, whatever comes late or was lost by a server. */
export const laterOf = (known: Line, heard: Line): Line => ({
  ...heard,
  joined: Math.max(known.joined, heard.joined),
  calledUpTo: Math.max(known.calledUpTo, heard.calledUpTo),
});

const soonestMs = 2_000;
const latestMs = 15_000;
/** A crowd asks so often in all, each second: a replica answers ten times as much. */
const mostAsking = 1_000;
/** So long before a sale a page counts down by itself. */
const longBeforeMs = 60_000;

/**
 * How long to wait before asking again: longer the more there are, so that they ask a thousand times
 * a second however many they are, up to what somebody who is called can wait to hear of it. Each
 * adds up to as much again of its own.
 */
export function askAgainMs(
  { joined, calledUpTo }: Pick<Line, 'joined' | 'calledUpTo'>,
  untilSaleMs: number,
): number {
  if (untilSaleMs > longBeforeMs) return latestMs;
  const askEvery = ((joined - calledUpTo) / mostAsking) * 1_000;
  // With the jitter it is half as much again on average.
  return Math.round(Math.min(latestMs, Math.max(soonestMs, askEvery / 1.5)));
}

export function lineView(room: Room, line: Line, now: Date): LineView {
  const phase: RoomPhase = phaseOf(room, now);
  return {
    roomId: room.id,
    phase,
    saleAt: room.saleAt.toISOString(),
    now: now.toISOString(),
    joined: line.joined,
    calledUpTo: line.calledUpTo,
    placesLeft: line.placesLeft,
    held: line.held,
    calledPerMinute: line.calledPerMinute,
    askAgainMs: askAgainMs(line, room.saleAt.getTime() - now.getTime()),
  };
}
