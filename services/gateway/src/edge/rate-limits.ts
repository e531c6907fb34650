import type { IncomingMessage } from 'node:http';
import { Problem } from '@guichet/http/problem';
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Valkey } from './valkey.ts';

export type RateLimitSettings = {
  /** Requests a second and address, over a window of ten. */
  readonly requestsPerSecond: number;
  /** Attempts a minute and address at what tries passwords and tokens. */
  readonly signInsPerMinute: number;
};

type Limiter = { consume(key: string): Promise<unknown> };

const guarded = new Set(['register', 'login', 'token', 'askPasswordReset', 'confirmPasswordReset']);

/** IPv6 by its /64: one household has that many addresses, and one attacker too. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

/**
 * Counts in Valkey, for all gateways together, and in this process's memory while that cannot be
 * asked: then an address gets what one gateway lets pass from each of them, and nobody an error.
 *
 * The library's own `insuranceLimiter` does that too, without a word: nobody would hear of a Valkey
 * that answers every request with a refusal, and every request would go on asking it.
 */
function createLimiter(options: IRateLimiterOptions, valkey: Valkey | undefined): Limiter {
  const local = new RateLimiterMemory(options);
  if (!valkey) return local;
  const shared = new RateLimiterRedis({
    ...options,
    storeClient: valkey.client,
    // Who has used up what they may is refused without asking, however hard they try.
    inMemoryBlockOnConsumed: options.points ?? 0,
  });
  return {
    async consume(key) {
      if (!valkey.usable) return local.consume(key);
      try {
        return await shared.consume(key);
      } catch (error) {
        if (error instanceof RateLimiterRes) throw error;
        valkey.failed(error);
        return local.consume(key);
      }
    },
  };
}

async function take(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    throw new Problem({
      status: 429,
      code: 'too_many_requests',
      detail: `Too many requests from your address. Try again in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    });
  }
}

/** Per address: shared by all gateways where there is a Valkey, else by one gateway alone. */
export function createRateLimits(settings: RateLimitSettings, valkey?: Valkey) {
  const every = createLimiter(
    { keyPrefix: 'guichet:limits:all', points: settings.requestsPerSecond * 10, duration: 10 },
    valkey,
  );
  const signIns = createLimiter(
    { keyPrefix: 'guichet:limits:sign-in', points: settings.signInsPerMinute, duration: 60 },
    valkey,
  );

  return {
    async check(req: IncomingMessage, operationId: string, address: string): Promise<void> {
      const key = clientKey(address);
      await take(every, key);
      if (guarded.has(operationId) && req.method !== 'OPTIONS') await take(signIns, key);
    },
  };
}
export type RateLimits = ReturnType<typeof createRateLimits>;
