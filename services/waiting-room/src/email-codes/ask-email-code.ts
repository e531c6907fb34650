import { randomInt } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import type { Language } from '@guichet/contracts/shapes';
import type { RoomPhase } from '@guichet/contracts/waiting-rooms';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Networks } from '../networks/networks.ts';
import type { Refusals } from '../networks/refusals.ts';
import type { Velocity } from '../networks/velocity.ts';
import { refusal } from '../turns/turn-refusal.ts';
import type { Visits } from '../visits/visits.ts';
import { hashesOf } from './check-email-code.ts';
import { keepEmailCode } from './email-code-store.ts';

/** A mail that is late by minutes still helps. */
const minutes = 10;
const mostPerHour = 3;

const newCode = () => String(randomInt(1_000_000)).padStart(6, '0');

/** Whether a room has codes sent. @throws Refusal where there is no such room. */
export type RoomOf = (roomId: string) => Promise<{
  readonly holder: 'anybody' | 'verified_email' | 'account';
  readonly phase: RoomPhase;
}>;

/** Sends six digits to an address: whoever reads them there joins with them. */
export function askEmailCode({
  pool,
  visits,
  networks,
  velocity,
  refusals,
  roomOf,
  told,
}: {
  pool: Pool;
  visits: Visits;
  networks: Networks;
  velocity: Velocity;
  refusals: Refusals;
  roomOf: RoomOf;
  /** Called after a fact was committed, so that it leaves at once. */
  told: () => void;
}) {
  const { ofEmail, ofCode } = hashesOf(networks);

  /** A room that gives no turn for a code is no way to have mail sent to anybody. */
  async function refuseNeedless(roomId: string): Promise<void> {
    const { holder, phase } = await roomOf(roomId);
    if (phase === 'closed') throw refusal('room_closed');
    if (holder !== 'verified_email') throw refusal('room_needs_no_code');
  }

  return async (wish: {
    roomId: string;
    address: string;
    visit: string;
    email: string;
    language: Language;
  }): Promise<void> => {
    const { roomId, email, language } = wish;
    const network = networks.of(wish.address);
    const code = newCode();
    try {
      visits.check(wish.visit, roomId, network);
      await refuseNeedless(roomId);
      await velocity.take(roomId, network);
      await inTransaction(pool, async (tx) => {
        const hashes = { emailHash: ofEmail(email), codeHash: ofCode(email, code) };
        const kept = await keepEmailCode(tx, roomId, hashes, { minutes, mostPerHour });
        if (!kept) throw refusal('too_many_codes');
        await outbox(tx, 'waiting-room').add({
          type: 'waiting_room.code_asked',
          subject: newId(),
          sequence: 1,
          data: { roomId, email, language, code, expiresAt: kept.expiresAt.toISOString() },
        });
      });
      told();
    } catch (error) {
      refusals.note(roomId, error, network);
      throw error;
    }
  };
}
export type AskEmailCode = ReturnType<typeof askEmailCode>;
