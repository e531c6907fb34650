import { createAdmissions, createTurns } from '@guichet/line-tokens/line-tokens';
import { describe, expect } from 'vitest';
import { callUpTo, line, wishOf } from '../turns/turns-test.ts';
import { lineTokenKeys, seedRoom, test } from '../waiting-room-test.ts';

const address = '203.0.113.5';
const admissions = createAdmissions(lineTokenKeys);
const selling = { opensIn: -120, saleIn: -60 };

test('fifty devices with one turn have one admission between them', async ({ pool }) => {
  const room = await seedRoom(pool, selling);
  const replicas = [line(pool), line(pool)] as const;
  const { turn, turnId } = await replicas[0].join(wishOf(replicas[0], room, 1));
  await callUpTo(pool, room, 1);

  const all = await Promise.all(
    Array.from({ length: 50 }, (_, nth) =>
      (nth % 2 === 0 ? replicas[0] : replicas[1]).admit(room.id, turn, address),
    ),
  );

  expect(new Set(all.map(({ admission }) => admission)).size).toBe(1);
  const claims = admissions.verify(all[0]?.admission ?? '');
  expect(claims).toMatchObject({ id: turnId, room: room.id, off: room.offeringId });
  expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(600);
  const { rows } = await pool.query('select admitted from lines');
  expect(rows).toEqual([{ admitted: 1 }]);
});

test('nobody goes in before the line has come to them, and then they do', async ({ pool }) => {
  const room = await seedRoom(pool, selling);
  const of = line(pool);
  await of.join(wishOf(of, room, 1));
  const { turn } = await of.join(wishOf(of, room, 2));
  await callUpTo(pool, room, 1);
  await expect(of.admit(room.id, turn, address)).rejects.toMatchObject({ code: 'not_your_turn' });
  expect(await of.show(room.id, turn)).toMatchObject({ state: 'waiting', rank: 2 });

  await callUpTo(pool, room, 2);
  expect(await of.show(room.id, turn)).toMatchObject({ state: 'called' });
  await of.admit(room.id, turn, address);

  expect(await of.show(room.id, turn)).toMatchObject({ state: 'admitted', turn });
});

test('an admission that has lapsed is not given again', async ({ pool }) => {
  const room = await seedRoom(pool, { ...selling, admissionSeconds: 60 });
  const of = line(pool);
  const { turn } = await of.join(wishOf(of, room, 1));
  await callUpTo(pool, room, 1);
  await of.admit(room.id, turn, address);
  await pool.query(`update turns set admitted_at = admitted_at - interval '61 seconds'`);

  await expect(of.admit(room.id, turn, address)).rejects.toMatchObject({
    code: 'admission_lapsed',
  });
  expect(await of.show(room.id, turn)).toMatchObject({ state: 'lapsed' });
});

describe('nobody is let in', () => {
  test('where all is sold, or the room is closed', async ({ pool }) => {
    const room = await seedRoom(pool, selling);
    const of = line(pool);
    const { turn } = await of.join(wishOf(of, room, 1));
    await callUpTo(pool, room, 1);
    await pool.query('update lines set places_left = 0');
    await expect(of.admit(room.id, turn, address)).rejects.toMatchObject({ code: 'sold_out' });
    // What somebody holds may come back.
    await pool.query('update lines set held = 1');
    await pool.query('update rooms set closed_at = now()');

    await expect(of.admit(room.id, turn, address)).rejects.toMatchObject({ code: 'room_closed' });
  });

  test('with a turn of another key, another room, or none of ours', async ({ pool }) => {
    const [room, other] = [await seedRoom(pool, selling), await seedRoom(pool, selling)];
    const of = line(pool);
    const { turn, turnId } = await of.join(wishOf(of, room, 1));
    await callUpTo(pool, room, 1);
    await callUpTo(pool, other, 0);
    const claims = { id: turnId, room: room.id, rank: 1, iat: 1_800_000_000 };
    const forged = createTurns(new Map([[1, Buffer.alloc(32, 1)]])).sign(claims);
    const code = 'turn_invalid';

    await expect(of.admit(room.id, forged, address)).rejects.toMatchObject({ code });
    await expect(of.admit(other.id, turn, address)).rejects.toMatchObject({ code });
    await expect(of.admit(room.id, 'nonsense', address)).rejects.toMatchObject({ code });
    // Signed, and given to nobody.
    const unknown = { ...claims, id: '0197a6f0-0000-7000-8000-00000000000f' };
    const signed = createTurns(lineTokenKeys).sign(unknown);
    await expect(of.admit(room.id, signed, address)).rejects.toMatchObject({ code });
  });

  test('by a rank that they claim: the table’s counts', async ({ pool }) => {
    const room = await seedRoom(pool, selling);
    const of = line(pool);
    await of.join(wishOf(of, room, 1));
    const { turnId } = await of.join(wishOf(of, room, 2));
    await callUpTo(pool, room, 1);
    const claimed = createTurns(lineTokenKeys).sign({ id: turnId, room: room.id, rank: 1, iat: 1 });

    await expect(of.admit(room.id, claimed, address)).rejects.toMatchObject({
      code: 'not_your_turn',
    });
  });
});
