import { createAdmissions, type LineKeys } from '@guichet/line-tokens/line-tokens';
import { createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Networks } from '../networks/networks.ts';
import type { Refusals } from '../networks/refusals.ts';
import { byRoom } from '../turns/by-room.ts';
import type { ReadTurn } from '../turns/show-turn.ts';
import { refusal } from '../turns/turn-refusal.ts';
import { type Admitted, admissionStore } from './admission-store.ts';

/** Which offering a room is in front of. @throws Refusal where there is no such room. */
export type OfferingOf = (roomId: string) => Promise<string>;
type Going = { readonly roomId: string; readonly id: string; readonly nth: number };

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1_000);

/**
 * Lets somebody in whose turn is called. The admission is made of what the table says, so that it is
 * the same for every device that has the turn, however often and wherever it asks.
 */
export function admitTurn({
  pool,
  keys,
  readTurn,
  networks,
  refusals,
  offeringOf,
  metrics,
}: {
  pool: Pool;
  keys: LineKeys;
  readTurn: ReadTurn;
  networks: Networks;
  refusals: Refusals;
  offeringOf: OfferingOf;
  metrics: Metrics;
}) {
  const store = admissionStore(pool);
  const admissions = createAdmissions(keys);
  const given = metrics.counter({
    name: 'guichet_waiting_room_admissions_total',
    help: 'Admissions that were given, those that were asked for again with them',
  });
  let calls = 0;
  const batched = createBatcher<Going, Admitted>({
    one: async ({ roomId, id }) => (await store.admit(roomId, [id]))[0] as Admitted,
    many: byRoom((roomId, all) =>
      store.admit(
        roomId,
        all.map(({ id }) => id),
      ),
    ),
    keyOf: ({ nth }) => String(nth),
    isShared: isConnectionLost,
  });

  async function admit(roomId: string, token: string) {
    const offeringId = await offeringOf(roomId);
    const { id, sub } = readTurn(token, roomId);
    calls += 1;
    const admitted = await batched({ roomId, id, nth: calls });
    if (admitted.outcome !== 'admitted') throw refusal(admitted.outcome);
    const [iat, exp] = [secondsOf(admitted.admittedAt), secondsOf(admitted.endsAt)];
    const admission = admissions.sign({
      id,
      room: roomId,
      off: offeringId,
      ...(sub === undefined ? {} : { sub }),
      iat,
      exp,
    });
    given.inc();
    return { admission, expiresAt: new Date(exp * 1_000).toISOString() };
  }

  return async (roomId: string, token: string, address: string) => {
    try {
      return await admit(roomId, token);
    } catch (error) {
      refusals.note(roomId, error, networks.of(address));
      throw error;
    }
  };
}
export type AdmitTurn = ReturnType<typeof admitTurn>;
