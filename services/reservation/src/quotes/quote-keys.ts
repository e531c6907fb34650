import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { QuoteRefusal } from './quote-refusal.ts';

/**
 * The public keys of quotes, fetched ahead and kept, so that selling a place asks nobody. catalog
 * publishes a key ten minutes before it signs, and this looks every five: a quote with a key that
 * is not here yet is the exception, and asks at once, but not more often than every `cooldownMs`,
 * so that forged key ids do not become a storm. At the start those of before are recalled, and
 * catalog is asked often until it has answered.
 */
export function createQuoteKeys({
  fetchKeys,
  recallKeys,
  logger,
  refreshMs = 300_000,
  firstRefreshMs = 2_000,
  cooldownMs = 10_000,
}: {
  fetchKeys: () => Promise<JSONWebKeySet>;
  /** What catalog told before this process started, if anything. */
  recallKeys: () => Promise<JSONWebKeySet | undefined>;
  logger: Logger;
  refreshMs?: number;
  firstRefreshMs?: number;
  cooldownMs?: number;
}) {
  let keySet: ReturnType<typeof createLocalJWKSet> | undefined;
  let hasAnswered = false;
  let recalling: Promise<void> | undefined;
  let asking: Promise<void> | undefined;
  let askedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function ask(): Promise<void> {
    askedAt = Date.now();
    try {
      keySet = createLocalJWKSet(await fetchKeys());
      hasAnswered = true;
    } catch (err) {
      logger.warn({ err }, 'quote keys could not be fetched; those at hand stay');
    }
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(refresh, hasAnswered ? refreshMs : firstRefreshMs).unref();
  }

  async function remember(): Promise<void> {
    try {
      const kept = await recallKeys();
      // What catalog has told meanwhile is newer.
      if (kept && !keySet) keySet = createLocalJWKSet(kept);
    } catch (err) {
      recalling = undefined;
      logger.warn({ err }, 'quote keys of before could not be read; they are tried again');
    }
  }

  /** Recalls the keys of before: callers at the same time share it, and it succeeds once. */
  function recall(): Promise<void> {
    recalling ??= remember();
    return recalling;
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
    if (!keySet) await recall();
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
    /** Begins to keep the keys: those of before at once, those of now when catalog tells them. */
    async start(): Promise<void> {
      await recall();
      await refresh();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
