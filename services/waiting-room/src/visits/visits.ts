import { newId } from '@guichet/contracts/ids';
import {
  createVisits as createSignedVisits,
  type LineKeys,
} from '@guichet/line-tokens/line-tokens';
import type { Network } from '../networks/networks.ts';
import { refusal } from '../turns/turn-refusal.ts';

/** Nobody reads a page and decides to wait in less; a program asks at once. */
const freshMs = 1_000;
/** Longer than anybody looks at a page that counts down by itself. */
const staleMs = 3_600_000;
/** Clocks of replicas differ by so much. */
const skewMs = 2_000;

/**
 * Proof of a page that was loaded: signed, for one room, from one block of addresses. It is the id of
 * the turn that is given for it, so that it is worth one turn and no more.
 */
export function createVisits(keys: LineKeys, now: () => number = Date.now) {
  const signed = createSignedVisits(keys);
  const netOf = ({ blockHash }: Network) => blockHash.toString('base64url').slice(0, 16);

  return {
    sign: (roomId: string, network: Network): string =>
      signed.sign({
        id: newId(),
        room: roomId,
        net: netOf(network),
        iat: now() / 1_000,
      }),

    /** The id that a turn gets for it. @throws Refusal where it is worth none. */
    check(token: string, roomId: string, network: Network): string {
      const visit = signed.verify(token);
      const ageMs = visit ? now() - Math.round(visit.iat * 1_000) : 0;
      const isOurs = visit?.room === roomId && visit.net === netOf(network);
      if (!isOurs || ageMs < -skewMs || ageMs > staleMs) throw refusal('visit_invalid');
      if (ageMs < freshMs) throw refusal('visit_too_fresh');
      return visit.id;
    },
  };
}
export type Visits = ReturnType<typeof createVisits>;
