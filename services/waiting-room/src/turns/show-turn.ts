import type { TurnView } from '@guichet/contracts/lines';
import { createTurns, type LineKeys, type TurnClaims } from '@guichet/line-tokens/line-tokens';
import { createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import { stateOf } from './turn.ts';
import { refusal } from './turn-refusal.ts';
import { type Turn, turnStore } from './turn-store.ts';

/** Verifies a turn that was sent to a room. @throws Refusal for what is none of its turns. */
export function createTurnReader(keys: LineKeys) {
  const turns = createTurns(keys);
  return (token: string, roomId: string): TurnClaims => {
    const claims = turns.verify(token);
    if (claims?.room !== roomId) throw refusal('turn_invalid');
    return claims;
  };
}
export type ReadTurn = ReturnType<typeof createTurnReader>;

/** What has become of a turn; of a crowd that asks at once, after a draw, one statement reads all. */
export function showTurn({
  pool,
  keys,
  readTurn,
}: {
  pool: Pool;
  keys: LineKeys;
  readTurn: ReadTurn;
}) {
  const store = turnStore(pool);
  const turns = createTurns(keys);
  const readAll = async (ids: readonly string[]) => {
    const found = new Map((await store.list(ids)).map((turn) => [turn.id, turn]));
    return ids.map((id) => found.get(id));
  };
  let calls = 0;
  const batched = createBatcher<{ id: string; nth: number }, Turn | undefined>({
    one: async ({ id }) => (await readAll([id]))[0],
    many: (all) => readAll(all.map(({ id }) => id)),
    // A read may be with another of the same turn.
    keyOf: ({ nth }) => String(nth),
    isShared: isConnectionLost,
  });

  return async (roomId: string, token: string): Promise<TurnView> => {
    const claims = readTurn(token, roomId);
    calls += 1;
    const turn = await batched({ id: claims.id, nth: calls });
    if (!turn) throw refusal('turn_invalid');
    return {
      turn: claims.rank === turn.rank ? token : turns.sign({ ...claims, rank: turn.rank }),
      turnId: turn.id,
      rank: turn.rank,
      state: stateOf(turn),
    };
  };
}
export type ShowTurn = ReturnType<typeof showTurn>;
