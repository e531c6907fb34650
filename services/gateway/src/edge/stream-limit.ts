import type { ServerResponse } from 'node:http';
import { Problem } from '@guichet/http/problem';
import type { LiveSettings } from '../config.ts';
import { clientKey } from './rate-limits.ts';

/**
 * How many streams an address has open at once, at this gateway. A stream is one request for as
 * long as somebody listens, so that no limit of requests is one of streams: a single client could
 * take every place among a service's listeners. Counted by one gateway alone, since what is open
 * ends with it; a new limit ends nothing, it lets nobody in until there are fewer.
 */
export function createStreamLimit(live: () => Pick<LiveSettings, 'streamsPerAddress'>) {
  const open = new Map<string, number>();

  function leave(key: string): void {
    const left = (open.get(key) ?? 0) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  }

  return {
    /** Counts a stream until its answer closes, however it does; refuses one too many. */
    enter(res: ServerResponse, address: string): void {
      const key = clientKey(address);
      const already = open.get(key) ?? 0;
      if (already >= live().streamsPerAddress) {
        throw new Problem({
          status: 429,
          code: 'too_many_requests',
          detail: `${already} streams to your address are open, and no more may be at once. Close one, or try again later.`,
          headers: { 'retry-after': '15' },
        });
      }
      open.set(key, already + 1);
      // `finish` never comes of a client that leaves.
      res.once('close', () => leave(key));
    },
  };
}
export type StreamLimit = ReturnType<typeof createStreamLimit>;
