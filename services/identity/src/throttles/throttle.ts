import { createHash } from 'node:crypto';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export type ThrottleRefusal = 'too_many_attempts';
export type ThrottleLimit = { points: number; windowSeconds: number };

/** Counts in PostgreSQL, for all replicas together, or in each one's memory. */
export type ThrottleStore = { kind: 'postgres'; pool: Pool } | { kind: 'memory' };

export type Throttle = {
  /** Counts one, and says whether that is within the limit. */
  allows(key: string): Promise<boolean>;
  /** Counts one; past the limit refuses with `too_many_attempts` until the window ends. */
  take(key: string): Promise<void>;
  /** Takes one back that turned out not to count. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** Keys hold addresses; what is kept of them is a hash. */
const kept = (key: string): string => createHash('sha256').update(key).digest('base64url');

const refusal = (waitMs: number) =>
  new Refusal<ThrottleRefusal>('too_many_attempts', 'Too many attempts. Try again later.', {
    headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  });

export function createThrottle(
  name: string,
  { points, windowSeconds }: ThrottleLimit,
  store: ThrottleStore,
): Throttle {
  const limit = { keyPrefix: name, points, duration: windowSeconds };
  const limiter =
    store.kind === 'memory'
      ? new RateLimiterMemory(limit)
      : new RateLimiterPostgres({
          ...limit,
          storeClient: store.pool,
          storeType: 'pool',
          tableName: 'throttles',
          tableCreated: true,
          // Rows are removed with what else expires (tidy.ts), not by a timer of each limiter.
          clearExpiredByTimeout: false,
        });

  /** How long to wait, in milliseconds; 0 within the limit. */
  const count = async (key: string): Promise<number> => {
    try {
      await limiter.consume(kept(key));
      return 0;
    } catch (stopped) {
      if (!(stopped instanceof RateLimiterRes)) throw stopped;
      return Math.max(stopped.msBeforeNext, 1);
    }
  };

  return {
    allows: async (key) => (await count(key)) === 0,
    async take(key) {
      const waitMs = await count(key);
      if (waitMs > 0) throw refusal(waitMs);
    },
    async giveBack(key) {
      await limiter.reward(kept(key));
    },
    async forget(key) {
      await limiter.delete(kept(key));
    },
  };
}
