import type { roomReport } from '@guichet/contracts/waiting-rooms';
import type { Pool } from '@guichet/postgres/pool';
import type { z } from 'zod';
import type { Actor } from './open-room.ts';
import { type Room, roomNotFound } from './room.ts';
import { roomStore } from './room-store.ts';

export type Report = Omit<z.output<(typeof roomReport.responses)[200]>, 'room'>;
/** The blocks of addresses that most turns of a room were asked from. */
export type ListBusiestBlocks = (roomId: string) => Promise<Report['busiestBlocks']>;

/** What has happened in one's own room, counted. */
export const reportRoom =
  ({ pool, listBusiestBlocks }: { pool: Pool; listBusiestBlocks: ListBusiestBlocks }) =>
  async ({ organiserId }: Actor, id: string): Promise<Report & { room: Room }> => {
    const store = roomStore(pool);
    const room = await store.find(id);
    if (room?.organiserId !== organiserId) throw roomNotFound();
    const [counts, refused, busiestBlocks] = await Promise.all([
      store.count(id),
      store.listRefusals(id),
      listBusiestBlocks(id),
    ]);
    return { room, ...counts, refused, busiestBlocks };
  };
export type ReportRoom = ReturnType<typeof reportRoom>;
