import type { LineView } from '@guichet/contracts/lines';
import { createJoinedReads } from '@guichet/loop/joined-reads';
import { createLoop } from '@guichet/loop/loop';
import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import { phaseOf, type Room } from '../rooms/room.ts';
import type { DatabaseClock } from './database-clock.ts';
import { type Line, laterOf, lineView } from './line.ts';
import { lineStore, type RoomLine } from './line-store.ts';

/** How old an answer may be that is given to everybody. */
const frameMs = 1_000;
/** While news come by themselves, what they do not tell is looked at so much less often. */
const looksApart = 5;

/** A room and its line as they are known here, and the answer about it in bytes. */
export type Page = RoomLine & {
  heardAt: number;
  frame?: { bytes: Buffer; at: number } | undefined;
};

/**
 * The lines of all rooms that are open, in memory: a crowd that asks how far they have come costs
 * one read of it each. They come as news from whoever keeps a room; and from the database, every
 * `lookMs` while there are no news. While neither can be had, what was known last is told.
 */
export function createBook({
  pool,
  clock,
  isFlowing,
  logger,
  lookMs,
}: {
  pool: Pool;
  clock: DatabaseClock;
  isFlowing: () => boolean;
  logger: Logger;
  lookMs: number;
}) {
  const store = lineStore(pool);
  let pages = new Map<string, Page>();
  let roomOfOffering = new Map<string, string>();
  let looks = 0;

  function note({ room, line }: RoomLine): Page {
    const known = pages.get(room.id);
    const page = {
      room,
      line: known ? laterOf(known.line, line) : line,
      heardAt: performance.now(),
    };
    pages.set(room.id, page);
    return page;
  }

  async function look(): Promise<void> {
    const { now, lines } = await store.list();
    clock.read(now);
    // Those that were asked for and ended long ago are forgotten with each look.
    const open = new Set(lines.map(({ room }) => room.id));
    pages = new Map([...pages].filter(([id]) => open.has(id)));
    for (const each of lines) note(each);
    const current = lines.filter(({ room }) => room.closedAt === null);
    roomOfOffering = new Map(current.map(({ room }) => [room.offeringId, room.id]));
  }

  const loop = createLoop({
    async turn() {
      looks += 1;
      if (isFlowing() && looks % looksApart !== 0) return;
      await look();
    },
    pauseMs: lookMs,
    onError: (err) => logger.warn({ err }, 'lines could not be looked at; they are again'),
  });
  const readOnce = createJoinedReads(async (id) => {
    const found = await store.find(id);
    return found && note(found);
  });

  const book = {
    clock,
    look,
    /** Looks at the database with the next turn, which begins at once. */
    wake(): void {
      looks = looksApart - 1;
      loop.wake();
    },
    /** News of a line. Of a room that is not known yet, the next look tells. */
    hear(line: Line): void {
      const page = pages.get(line.roomId);
      if (!page) return;
      page.line = laterOf(page.line, line);
      page.heardAt = performance.now();
      page.frame = undefined;
    },
    /** A room and its line, from memory wherever it is open. */
    async find(roomId: string): Promise<Page | undefined> {
      return pages.get(roomId) ?? readOnce(roomId);
    },
    /** The room that an offering has at this moment. */
    roomOf(offeringId: string): Page | undefined {
      const page = pages.get(roomOfOffering.get(offeringId) ?? '');
      return page && phaseOf(page.room, clock.now()) !== 'closed' ? page : undefined;
    },
    viewOf: ({ room, line }: RoomLine): LineView => lineView(room, line, clock.now()),
    /** The answer about a line, in bytes that everybody is given, a second old at most. */
    frameOf(page: Page): Buffer {
      const at = performance.now();
      if (!page.frame || at - page.frame.at >= frameMs) {
        page.frame = { bytes: Buffer.from(JSON.stringify(book.viewOf(page))), at };
      }
      return page.frame.bytes;
    },
    /** Rooms in which people wait or are let in, and how long ago each was heard of, in milliseconds. */
    listMoving(): { room: Room; line: Line; ageMs: number }[] {
      const now = clock.now();
      return [...pages.values()]
        .filter(({ room }) => ['waiting', 'admitting'].includes(phaseOf(room, now)))
        .map(({ room, line, heardAt }) => ({ room, line, ageMs: performance.now() - heardAt }));
    },
    start: loop.start,
    stop: loop.stop,
  };
  return book;
}
export type Book = ReturnType<typeof createBook>;
