import type { IncomingMessage } from 'node:http';
import { Problem } from '@guichet/http/problem';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type RateLimitSettings = {
  /** Requests a second and address, over a window of ten. */
  readonly requestsPerSecond: number;
  /** Attempts a minute and address at what tries passwords and tokens. */
  readonly signInsPerMinute: number;
};

const guarded = new Set(['register', 'login', 'token', 'askPasswordReset', 'confirmPasswordReset']);

/** IPv6 by its /64: one household has that many addresses, and one attacker too. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

/** Per address, in this process's memory: what passes here is what one gateway lets pass. */
export function createRateLimits(settings: RateLimitSettings) {
  const every = new RateLimiterMemory({ points: settings.requestsPerSecond * 10, duration: 10 });
  const signIns = new RateLimiterMemory({ points: settings.signInsPerMinute, duration: 60 });

  async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
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

  return {
    async check(req: IncomingMessage, operationId: string, address: string): Promise<void> {
      const key = clientKey(address);
      await take(every, key);
      if (guarded.has(operationId) && req.method !== 'OPTIONS') await take(signIns, key);
    },
  };
}
export type RateLimits = ReturnType<typeof createRateLimits>;
