import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { refusal } from '../turns/turn-refusal.ts';
import { drawStore } from './draw-store.ts';

export const statusOfDrawRefusal = { room_has_no_draw: 404 } as const;

/** Everything that is needed to check a draw; its seed only when it is over. */
export const showDraw =
  ({ pool }: { pool: Pool }) =>
  async (roomId: string, { after, limit }: { after: number; limit: number }) => {
    const store = drawStore(pool);
    const draw = await store.find(roomId);
    if (!draw) throw refusal('room_not_found');
    if (draw.seedCommitment === null) {
      throw new Refusal('room_has_no_draw', 'Here who comes first is first: there is no draw.');
    }
    return {
      seedCommitment: draw.seedCommitment,
      seed: draw.seed?.toString('hex') ?? null,
      drawnAt: draw.drawnAt?.toISOString() ?? null,
      entries: draw.entries,
      turnIds: await store.list(roomId, after, limit),
    };
  };
export type ShowDraw = ReturnType<typeof showDraw>;
