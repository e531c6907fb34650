import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import type { JSONWebKeySet } from 'jose';
import { quoteKeyStore } from './quote-key-store.ts';

/**
 * Catalog itself names a key for an hour after it last signed, and a quote is good for ten minutes:
 * a key that it has not named for longer may be one that it has given up.
 */
const TRUSTED_MS = 3_600_000;

/**
 * Catalog's keys, kept where they outlive this process: `fetchKeys` asks it and keeps what it tells,
 * `recallKeys` answers what was kept, so that a restart while catalog is away sells on.
 */
export function keptQuoteKeys({
  pool,
  fetchKeys,
  logger,
  trustedMs = TRUSTED_MS,
}: {
  pool: Pool;
  fetchKeys: () => Promise<JSONWebKeySet>;
  logger: Logger;
  trustedMs?: number;
}) {
  const store = quoteKeyStore(pool);
  return {
    async fetchKeys(): Promise<JSONWebKeySet> {
      const told = await fetchKeys();
      await store.keep(told.keys).catch((err: unknown) => {
        logger.warn({ err }, 'quote keys could not be kept; those in memory do');
      });
      return told;
    },
    async recallKeys(): Promise<JSONWebKeySet | undefined> {
      const keys = await store.listTold(trustedMs);
      return keys.length > 0 ? { keys } : undefined;
    },
  };
}
