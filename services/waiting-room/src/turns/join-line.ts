import type { TurnView } from '@guichet/contracts/lines';
import type { LineKeys } from '@guichet/line-tokens/line-tokens';
import { createTurns } from '@guichet/line-tokens/line-tokens';
import { createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { CheckEmailCode } from '../email-codes/check-email-code.ts';
import type { Network, Networks } from '../networks/networks.ts';
import type { Refusals } from '../networks/refusals.ts';
import type { Velocity } from '../networks/velocity.ts';
import type { Visits } from '../visits/visits.ts';
import { byRoom } from './by-room.ts';
import { refusal } from './turn-refusal.ts';
import { type Joined, type Joining, turnStore } from './turn-store.ts';

export type Wish = {
  readonly roomId: string;
  readonly visit: string;
  readonly address: string;
  /** The account that asks, where one is signed in. */
  readonly customerId: string | undefined;
  readonly email: string | undefined;
  readonly code: string | undefined;
};

/** What a room gives its turns for. */
export type HolderOf = (roomId: string) => Promise<'anybody' | 'verified_email' | 'account'>;

/**
 * Gives a place in line: once for each page that was loaded, to whom the room gives it, and to no more
 * from one address or of one holder than it says. What is refused is counted, by reason and network.
 */
export function joinLine({
  pool,
  keys,
  visits,
  networks,
  velocity,
  checkEmailCode,
  refusals,
  holderOf,
}: {
  pool: Pool;
  keys: LineKeys;
  visits: Visits;
  networks: Networks;
  velocity: Velocity;
  checkEmailCode: CheckEmailCode;
  refusals: Refusals;
  /** @throws Refusal where there is no such room. */
  holderOf: HolderOf;
}) {
  const store = turnStore(pool);
  const turns = createTurns(keys);
  const batched = createBatcher<Joining, Joined>({
    one: async (joining) => (await store.join(joining.roomId, [joining]))[0] as Joined,
    many: byRoom((roomId, all) => store.join(roomId, all)),
    keyOf: ({ id }) => id,
    isShared: isConnectionLost,
  });

  /** Whose the turn is to be: nobody's in particular, an account's, or a verified address's. */
  async function holderHashOf({ roomId, customerId, email, code }: Wish): Promise<Buffer | null> {
    const holder = await holderOf(roomId);
    if (holder === 'anybody') return null;
    if (holder === 'account') {
      if (!customerId) throw refusal('account_required');
      return networks.hashOf(`account ${customerId}`);
    }
    return checkEmailCode({ roomId, email, code });
  }

  async function join(wish: Wish, network: Network): Promise<TurnView> {
    const { roomId, customerId } = wish;
    const id = visits.check(wish.visit, roomId, network);
    const holderHash = await holderHashOf(wish);
    await velocity.take(roomId, network);
    const { addressHash, blockLabel } = network;
    const joined = await batched({ id, roomId, holderHash, addressHash, blockLabel });
    if (joined.outcome !== 'joined') throw refusal(joined.outcome);
    const turn = turns.sign({
      id,
      room: roomId,
      rank: joined.rank,
      // Whose account it is counts where the room asks for one; elsewhere a turn is its bearer's.
      ...(holderHash && customerId ? { sub: customerId } : {}),
      iat: Math.floor(joined.joinedAt.getTime() / 1_000),
    });
    const state = joined.rank === null ? 'before_draw' : 'waiting';
    return { turn, turnId: id, rank: joined.rank, state };
  }

  return async (wish: Wish): Promise<TurnView> => {
    const network = networks.of(wish.address);
    try {
      return await join(wish, network);
    } catch (error) {
      refusals.note(wish.roomId, error, network);
      throw error;
    }
  };
}
export type JoinLine = ReturnType<typeof joinLine>;
