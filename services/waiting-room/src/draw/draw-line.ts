import { unseal } from '@guichet/keys/seal';
import type { Pool } from '@guichet/postgres/pool';
import { drawStore } from './draw-store.ts';

/** Draws the line of a room whose hour has come, with the seed that was committed to as it opened. */
export const drawLine =
  ({ pool, sealingKey }: { pool: Pool; sealingKey: Buffer }) =>
  async (roomId: string): Promise<void> => {
    const store = drawStore(pool);
    const sealed = await store.findSealedSeed(roomId);
    if (sealed === undefined) return;
    await store.draw(roomId, unseal(sealingKey, sealed));
  };
