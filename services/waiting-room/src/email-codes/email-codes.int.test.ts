import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { createVelocity } from '../networks/velocity.ts';
import { line, wishOf } from '../turns/turns-test.ts';
import { type SeededRoom, seedRoom, test } from '../waiting-room-test.ts';
import { askEmailCode } from './ask-email-code.ts';
import { emailCodeStore } from './email-code-store.ts';

const verified = { holder: 'verified_email' };
const address = '203.0.113.5';

function asking(pool: Pool, room: SeededRoom) {
  const of = line(pool);
  const ask = askEmailCode({
    pool,
    visits: of.visits,
    networks: of.networks,
    velocity: createVelocity(undefined, () => 1_000),
    refusals: of.refusals,
    roomOf: of.roomOf,
    told: () => {},
  });
  const visit = of.visitFrom(room, address);
  return {
    of,
    ask: (email: string) => ask({ roomId: room.id, address, visit, email, language: 'fr' }),
    join: (nth: number, email: string, code: string) =>
      of.join(wishOf(of, room, nth, { email, code })),
  };
}

/** What was sent, the last first. */
async function sent(pool: Pool) {
  const { rows } = await pool.query<{ data: { code: string; email: string } }>(
    `select data from outbox where type = 'waiting_room.code_asked' order by id desc`,
  );
  return rows.map(({ data }) => data);
}
const codeSent = async (pool: Pool) => (await sent(pool))[0]?.code ?? '';

test('the code that was sent to an address gives one turn, however the address is written', async ({
  pool,
}) => {
  const room = await seedRoom(pool, verified);
  const { ask, join } = asking(pool, room);
  await ask('Ada@example.com');
  const code = await codeSent(pool);
  expect(code).toMatch(/^\d{6}$/);

  expect(await join(1, 'ada@example.com', code)).toMatchObject({ rank: 1 });

  await expect(join(2, 'ADA@example.com', code)).rejects.toMatchObject({
    code: 'turns_per_holder',
  });
});

test('no table has the address or the code, once the message has left', async ({ pool }) => {
  const room = await seedRoom(pool, verified);
  const { ask } = asking(pool, room);
  await ask('ada@example.com');
  const { rows } = await pool.query('select email_codes::text as row from email_codes');

  expect(rows).toHaveLength(1);
  // As text, and as the bytes of it would be shown.
  const secrets = ['ada@', await codeSent(pool)];
  const shown = secrets.flatMap((text) => [text, Buffer.from(text).toString('hex')]);
  expect(shown.filter((text) => rows[0]?.row.includes(text))).toEqual([]);
});

describe('no code is sent', () => {
  test.for([
    ['where a turn is given to anybody', {}, 'room_needs_no_code'],
    ['where it is given to an account', { holder: 'account' }, 'room_needs_no_code'],
    [
      'once the room is closed',
      { ...verified, opensIn: -180, saleIn: -120, closesIn: -60 },
      'room_closed',
    ],
  ] as const)('%s', async ([, how, code], { pool }) => {
    const { ask } = asking(pool, await seedRoom(pool, how));

    await expect(ask('ada@example.com')).rejects.toMatchObject({ code });
    expect(await sent(pool)).toEqual([]);
  });
});

describe('a code', () => {
  test('that was right is right again: whoever asks once more has the turn that they had', async ({
    pool,
  }) => {
    const room = await seedRoom(pool, verified);
    const { of, ask } = asking(pool, room);
    await ask('ada@example.com');
    const code = await codeSent(pool);
    const wish = wishOf(of, room, 1, { email: 'ada@example.com', code });

    const turns = await Promise.all(Array.from({ length: 20 }, () => of.join(wish)));

    expect(new Set(turns.map(({ turn }) => turn)).size).toBe(1);
  });

  test('is of its address and no other', async ({ pool }) => {
    const { ask, join } = asking(pool, await seedRoom(pool, verified));
    await ask('ada@example.com');

    await expect(join(1, 'bob@example.com', await codeSent(pool))).rejects.toMatchObject({
      code: 'email_code_wrong',
    });
  });

  test('is worth nothing after five wrong ones', async ({ pool }) => {
    const { ask, join } = asking(pool, await seedRoom(pool, verified));
    await ask('ada@example.com');
    const code = await codeSent(pool);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(join(tries, 'ada@example.com', wrong)).rejects.toThrow();
    }

    await expect(join(9, 'ada@example.com', code)).rejects.toMatchObject({
      code: 'email_code_wrong',
    });
  });

  test('is worth nothing after ten minutes', async ({ pool }) => {
    const { ask, join } = asking(pool, await seedRoom(pool, verified));
    await ask('ada@example.com');
    await pool.query(`update email_codes set expires_at = now()`);

    await expect(join(1, 'ada@example.com', await codeSent(pool))).rejects.toMatchObject({
      code: 'email_code_wrong',
    });
  });

  test('is sent three times an hour, however many ask at once', async ({ pool }) => {
    const { ask } = asking(pool, await seedRoom(pool, verified));

    const asked = await Promise.allSettled(
      Array.from({ length: 30 }, () => ask('ada@example.com')),
    );

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await sent(pool)).toHaveLength(3);
  });

  test('is sent three times an hour, and forgotten after a day', async ({ pool }) => {
    const { ask } = asking(pool, await seedRoom(pool, verified));
    for (let times = 0; times < 3; times += 1) await ask('ada@example.com');

    await expect(ask('ada@example.com')).rejects.toMatchObject({ code: 'too_many_codes' });
    await expect(ask('bob@example.com')).resolves.toBeUndefined();
    expect(await sent(pool)).toHaveLength(4);
    await pool.query(`update email_codes set asked_at = now() - interval '25 hours'`);
    expect(await emailCodeStore(pool).forget()).toBe(4);
  });
});
