import type { IncomingMessage } from 'node:http';
import { Problem } from '@guichet/http/problem';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
import type { Valkey } from '@guichet/valkey/connect-valkey';
import { createLimiter } from '@guichet/valkey/limiter';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { LiveSettings } from '../config.ts';

const guarded = new Set(['register', 'login', 'token', 'askPasswordReset', 'confirmPasswordReset']);

/** IPv6 by its /64: one household has that many addresses, and one attacker too. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

async function orRefuse(consuming: Promise<unknown>, onRefused: () => void): Promise<void> {
  try {
    await consuming;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    onRefused();
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    throw new Problem({
      status: 429,
      code: 'too_many_requests',
      detail: `Too many requests from your address. Try again in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    });
  }
}

const every = { keyPrefix: 'guichet:limits:all', seconds: 10 };
const signIns = { keyPrefix: 'guichet:limits:sign-in', seconds: 60 };

/**
 * Per address: shared by all gateways where there is a Valkey, else by one gateway alone. A limit
 * that changes counts from the next request on, with what was taken before.
 */
export function createRateLimits(
  live: () => Pick<LiveSettings, 'requestsPerSecond' | 'signInsPerMinute'>,
  {
    valkey,
    noteSecurityEvent,
  }: { valkey?: Valkey | undefined; noteSecurityEvent: NoteSecurityEvent },
) {
  const refused = () => noteSecurityEvent('rate_limited');
  const takeAny = createLimiter(every, valkey);
  const takeSignIn = createLimiter(signIns, valkey);

  return {
    async check(req: IncomingMessage, operationId: string, address: string): Promise<void> {
      const key = clientKey(address);
      const { requestsPerSecond, signInsPerMinute } = live();
      await orRefuse(takeAny(key, requestsPerSecond * every.seconds), refused);
      if (guarded.has(operationId) && req.method !== 'OPTIONS') {
        await orRefuse(takeSignIn(key, signInsPerMinute), refused);
      }
    },
  };
}
export type RateLimits = ReturnType<typeof createRateLimits>;
