import type { Valkey } from '@guichet/valkey/connect-valkey';
import { createLimiter } from '@guichet/valkey/limiter';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from '../turns/turn-refusal.ts';
import type { Network } from './networks.ts';

const seconds = 60;

/**
 * How fast people join from one block of addresses: for all replicas together where there is a Valkey
 * that answers, else for each alone.
 */
export function createVelocity(valkey: Valkey | undefined, most: () => number) {
  const take = createLimiter({ keyPrefix: 'guichet:line:joins', seconds }, valkey);

  return {
    /** @throws Refusal where the block has joined as often as it may. */
    async take(roomId: string, { blockHash }: Network): Promise<void> {
      try {
        await take(`${roomId}:${blockHash.toString('base64url').slice(0, 22)}`, most());
      } catch (refused) {
        throw refused instanceof RateLimiterRes ? refusal('too_fast_from_network') : refused;
      }
    },
  };
}
export type Velocity = ReturnType<typeof createVelocity>;
