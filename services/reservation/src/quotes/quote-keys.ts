import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { QuoteRefusal } from './quote-refusal.ts';

/**
 * The public keys of quotes, fetched ahead and kept, so that selling a place asks nobody. catalog
 * publishes a key ten minutes before it signs, and this looks every five: a quote with a key that
 * is not here yet is the exception, and asks at once, but not more often than every `cooldownMs`,
 * so that forged key ids do not become a storm. Without any key, as at the start, it asks often.
 */
export function createQuoteKeys({
  fetchKeys,
  logger,
  refreshMs = 300_000,
  firstRefreshMs = 2_000,
  cooldownMs = 10_000,
}: {
  fetchKeys: () => Promise<JSONWebKeySet>;
  logger: Logger;
  refreshMs?: number;
  firstRefreshMs?: number;
  cooldownMs?: number;
}) {
  let keySet: ReturnType<typeof createLocalJWKSet> | undefined;
  let asking: Promise<void> | undefined;
  let askedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function ask(): Promise<void> {
    askedAt = Date.now();
    try {
      keySet = createLocalJWKSet(await fetchKeys());
    } catch (err) {
      logger.warn({ err }, 'quote keys could not be fetched; those at hand stay');
    }
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(refresh, keySet ? refreshMs : firstRefreshMs).unref();
  }

  /** Asks catalog; callers at the same time share one question. */
  function refresh(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const find: JWTVerifyGetKey = async (header, token) => {
    if (keySet) return keySet(header, token);
    throw new Refusal<QuoteRefusal>(
      'quote_keys_unavailable',
      'Quotes cannot be verified yet. Try again soon.',
      {
        headers: { 'retry-after': '2' },
      },
    );
  };
  const keyOf: JWTVerifyGetKey = async (header, token) => {
    if (!keySet) await refresh();
    try {
      return await find(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || Date.now() - askedAt < cooldownMs) throw error;
      await refresh();
      return find(header, token);
    }
  };

  return {
    keyOf,
    refresh,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
