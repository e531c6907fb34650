import { hash } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import { roomView } from '@guichet/contracts/waiting-rooms';
import { unseal } from '@guichet/keys/seal';
import type { Pool } from '@guichet/postgres/pool';
import { expect, vi } from 'vitest';
import { type Replica, test } from '../waiting-room-server-test.ts';
import { sealingKey } from '../waiting-room-test.ts';

const patience = { timeout: 20_000, interval: 20 };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** An organiser's offering, as catalog has it. */
function anOffering({ outside }: Replica) {
  const [offeringId, organiserId] = [newId(), newId()];
  outside.organisers.set(offeringId, organiserId);
  return { offeringId, organiserId };
}
const wanted = (offeringId: string, changes: object = {}) => ({
  offeringId,
  opensAt: inSeconds(60),
  saleAt: inSeconds(600),
  closesAt: inSeconds(3_600),
  order: 'first_come',
  expectedBuyers: 2_000,
  ...changes,
});
const audits = async (pool: Pool) =>
  (
    await pool.query(`select data from outbox where type = 'audit.recorded' order by position`)
  ).rows.map(({ data }) => [data.action, data.target, data.organiserId]);

test('a room is opened, shown, changed and closed, and all of it is in the audit', async ({
  pool,
  replica,
  staff,
}) => {
  const { offeringId, organiserId } = anOffering(replica);
  const token = await staff(organiserId);
  const of = `/api/offerings/${offeringId}/waiting-room`;
  expect((await replica.ask('GET', of)).body).toEqual({ room: null });

  const opened = await replica.ask('POST', '/api/waiting-rooms', {
    token,
    json: wanted(offeringId),
  });
  expect(opened).toMatchObject({
    status: 201,
    body: {
      phase: 'announced',
      holder: 'anybody',
      turnsPerHolder: 1,
      turnsPerAddress: 20,
      pacing: { by: 'measurement' },
      admissionSeconds: 600,
      seedCommitment: null,
      version: 1,
    },
  });
  const room = roomView.parse(opened.body);
  await vi.waitFor(async () => {
    expect((await replica.ask('GET', of)).body).toMatchObject({
      room: { id: room.id },
      line: { roomId: room.id, phase: 'announced', joined: 0, calledUpTo: 0, placesLeft: null },
      visit: expect.stringContaining('.'),
    });
  }, patience);

  const path = `/api/waiting-rooms/${room.id}`;
  const changed = await replica.ask('PATCH', path, {
    token,
    json: { turnsPerAddress: 5, pacing: { by: 'rate', perMinute: 600 } },
  });
  expect(changed.body).toMatchObject({
    turnsPerAddress: 5,
    pacing: { by: 'rate', perMinute: 600 },
    saleAt: room.saleAt,
    version: 2,
  });

  const closed = await replica.ask('POST', `${path}/close`, { token });
  expect(closed).toMatchObject({ status: 200, body: { phase: 'closed', version: 3 } });
  expect((await replica.ask('POST', `${path}/close`, { token })).body).toEqual(closed.body);
  await vi.waitFor(async () => {
    expect((await replica.ask('GET', of)).body).toEqual({ room: null });
    expect((await replica.ask('GET', `${path}/line`)).body.phase).toBe('closed');
  }, patience);
  expect(await audits(pool)).toEqual([
    ['waiting_room.opened', room.id, organiserId],
    ['waiting_room.changed', room.id, organiserId],
    ['waiting_room.closed', room.id, organiserId],
  ]);
  // The offering may have another one, once it has none.
  expect(
    (await replica.ask('POST', '/api/waiting-rooms', { token, json: wanted(offeringId) })).status,
  ).toBe(201);
});

test('a draw is told by the hash of its seed, which nobody can read', async ({
  pool,
  replica,
  staff,
}) => {
  const { offeringId, organiserId } = anOffering(replica);
  const { body } = await replica.ask('POST', '/api/waiting-rooms', {
    token: await staff(organiserId),
    json: wanted(offeringId, { order: 'draw' }),
  });

  const { rows } = await pool.query('select seed, sealed_seed from rooms where id = $1', [body.id]);
  const seed = unseal(sealingKey, rows[0].sealed_seed);
  expect(rows[0].seed).toBeNull();
  expect(seed).toHaveLength(32);
  expect(hash('sha256', seed, 'hex')).toBe(body.seedCommitment);
});
