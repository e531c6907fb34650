import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Valkey } from './connect-valkey.ts';

/**
 * Counts in Valkey, for all replicas together, and in this process's memory while that cannot be
 * asked: then a key gets what one replica lets pass from each of them, and nobody an error.
 *
 * The library's own `insuranceLimiter` does that too, without a word: nobody would hear of a Valkey
 * that answers every request with a refusal, and every request would go on asking it.
 *
 * @returns takes one of the `points` of a key in these `seconds`. @throws RateLimiterRes, of the
 * library, where none is left.
 */
export function createLimiter(
  { keyPrefix, seconds }: { keyPrefix: string; seconds: number },
  valkey: Valkey | undefined,
) {
  const options = { keyPrefix, duration: seconds };
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

  return async function take(key: string, points: number): Promise<RateLimiterRes> {
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
