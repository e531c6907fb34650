import type { IncomingMessage } from 'node:http';
import { Problem } from '@guichet/http/problem';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { LiveSettings } from '../config.ts';

const guarded = new Set(['register', 'login', 'token', 'askPasswordReset', 'confirmPasswordReset']);

/** IPv6 by its /64: one household has that many addresses, and one attacker too. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

const everySeconds = 10;
const signInSeconds = 60;

/**
 * Per address, in this process's memory: what passes here is what one gateway lets pass. A limit
 * that changes counts from the next request on, with what was taken before.
 */
export function createRateLimits(
  live: () => Pick<LiveSettings, 'requestsPerSecond' | 'signInsPerMinute'>,
) {
  const every = new RateLimiterMemory({ points: 0, duration: everySeconds });
  const signIns = new RateLimiterMemory({ points: 0, duration: signInSeconds });

  async function take(limiter: RateLimiterMemory, points: number, key: string): Promise<void> {
    limiter.points = points;
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
      const { requestsPerSecond, signInsPerMinute } = live();
      await take(every, requestsPerSecond * everySeconds, key);
      if (guarded.has(operationId) && req.method !== 'OPTIONS') {
        await take(signIns, signInsPerMinute, key);
      }
    },
  };
}
export type RateLimits = ReturnType<typeof createRateLimits>;
