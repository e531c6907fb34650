import type { IncomingMessage } from 'node:http';
import { Problem } from '@guichet/http/problem';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
import type { Valkey } from '@guichet/valkey/connect-valkey';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { LiveSettings } from '../config.ts';

const guarded = new Set(['register', 'login', 'token', 'askPasswordReset', 'confirmPasswordReset']);

/** IPv6 by its /64: one household has that many addresses, and one attacker too. */
export function clientKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

type Window = { readonly name: string; readonly seconds: number };

/**
 * Counts in Valkey, for all gateways together, and in this process's memory while that cannot be
 * asked: then an address gets what one gateway lets pass from each of them, and nobody an error.
 *
 * The library's own `insuranceLimiter` does that too, without a word: nobody would hear of a Valkey
 * that answers every request with a refusal, and every request would go on asking it.
 */
function createLimiter({ name, seconds }: Window, valkey: Valkey | undefined) {
  const options = { keyPrefix: `guichet:limits:${name}`, duration: seconds };
  const local = new RateLimiterMemory({ ...options, points: 0 });
  let shared: RateLimiterRedis | undefined;

  /** The limit is what it is at this moment; what was taken before counts. */
  function setPoints(points: number): void {
    if (local.points === points) return;
    local.points = points;
    shared =
      valkey &&
      new RateLimiterRedis({
        ...options,
        points,
        storeClient: valkey.client,
        // Who has used up what they may is refused without asking, however hard they try.
        inMemoryBlockOnConsumed: points,
      });
  }

  return async function consume(key: string, points: number): Promise<unknown> {
    setPoints(points);
    if (!shared || !valkey?.usable) return local.consume(key);
    try {
      return await shared.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      valkey.failed(error as Error);
      return local.consume(key);
    }
  };
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

const every: Window = { name: 'all', seconds: 10 };
const signIns: Window = { name: 'sign-in', seconds: 60 };

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
