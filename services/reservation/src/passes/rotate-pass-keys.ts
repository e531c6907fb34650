import type { Pool } from '@guichet/postgres/pool';
import { passKeyStore } from './pass-key-store.ts';
import { newPassKey } from './pass-signer.ts';

/** Organisers in one round; the next round has the others. */
const BATCH = 50;

/**
 * Gives organisers whose key is old the next one. It signs only a day after it was published, so
 * that every gate that asks daily has it; the old one goes on verifying.
 */
export const rotatePassKeys =
  ({ pool, sealingKey, keyDays }: { pool: Pool; sealingKey: Buffer; keyDays: number }) =>
  async (): Promise<number> => {
    const store = passKeyStore(pool);
    const due = await store.listDue(keyDays, BATCH);
    for (const organiserId of due) {
      await store.insertNext(organiserId, keyDays, newPassKey(sealingKey));
    }
    return due.length;
  };
