import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/**
 * The public keys of quotes, fetched ahead and kept, so that selling a place asks nobody. catalog
 * publishes a key ten minutes before it signs, and this looks every five: a quote with a key that
 * is not here yet is the exception, and asks at once, but not more often than every `cooldownMs`,
 * so that forged key ids do not become a storm.
 */
export function createQuoteKeys({
  fetchKeys,
  logger,
  refreshMs = 300_000,
  cooldownMs = 10_000,
}: {
  fetchKeys: () => Promise<JSONWebKeySet>;
  logger: Logger;
  refreshMs?: number;
  cooldownMs?: number;
}) {
  let keySet: ReturnType<typeof createLocalJWKSet> | undefined;
  let asking: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    askedAt = Date.now();
    try {
      keySet = createLocalJWKSet(await fetchKeys());
    } catch (err) {
      logger.warn({ err }, 'quote keys could not be fetched; those at hand stay');
    }
  }
  const refreshOnce = () => {
    asking ??= refresh().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const timer = setInterval(refreshOnce, refreshMs).unref();

  const keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      if (keySet) return await keySet(header, token);
    } catch (error) {
      const isFresh = Date.now() - askedAt < cooldownMs;
      if (!(error instanceof errors.JWKSNoMatchingKey) || isFresh) throw error;
    }
    if (keySet || Date.now() - askedAt >= cooldownMs || asking) await refreshOnce();
    if (!keySet) {
      throw new Refusal('quote_keys_unavailable', 'Quotes cannot be verified yet. Try again soon.');
    }
    return keySet(header, token);
  };

  return { keyOf, refresh: refreshOnce, stop: () => clearInterval(timer) };
}
export type QuoteKeys = ReturnType<typeof createQuoteKeys>;
