import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@guichet/contracts/ids';
import type { TurnView } from '@guichet/contracts/lines';
import { createAdmissions } from '@guichet/line-tokens/line-tokens';
import { startOwnValkey } from '@guichet/valkey/valkey-server-test';
import { expect, vi } from 'vitest';
import { wrongWithDraw } from './draw/check-draw.ts';
import { aPace, type Replica, test } from './waiting-room-server-test.ts';
import { callsOf, lineTokenKeys, shiftRoom } from './waiting-room-test.ts';

const patience = { timeout: 30_000, interval: 50 };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const admissions = createAdmissions(lineTokenKeys);
const people = Array.from({ length: 30 }, (_, nth) => `198.51.${nth}.7`);

/** A room for a sale to come, in which people wait already, opened as an organiser does. */
async function openFor(replica: Replica, staff: (id: string) => Promise<string>, order: string) {
  const [offeringId, organiserId] = [newId(), newId()];
  replica.outside.organisers.set(offeringId, organiserId);
  const token = await staff(organiserId);
  const { body: room } = await replica.ask('POST', '/api/waiting-rooms', {
    token,
    json: {
      offeringId,
      opensAt: inSeconds(-1),
      saleAt: inSeconds(600),
      closesAt: inSeconds(3_600),
      order,
      expectedBuyers: 30,
      pacing: { by: 'rate', perMinute: 6_000 },
    },
  });
  return { room, token, path: `/api/waiting-rooms/${room.id}` };
}
type Opened = Awaited<ReturnType<typeof openFor>>;

/** Loads the page of an offering, looks at it for a moment, and takes a place in line. */
async function join(replica: Replica, { room, path }: Opened, from: string): Promise<TurnView> {
  const loaded = await vi.waitFor(async () => {
    const page = await replica.ask('GET', `/api/offerings/${room.offeringId}/waiting-room`, {
      from,
    });
    expect(page.body.room?.id).toBe(room.id);
    return page;
  }, patience);
  await sleep(1_100);
  const { visit } = loaded.body;
  const joined = await replica.ask('POST', `${path}/turns`, { from, json: { visit } });
  expect(joined.status).toBe(201);
  return joined.body;
}
const beginSale = (pool: Parameters<typeof shiftRoom>[0], { room }: Opened) =>
  shiftRoom(pool, room.id, { opensIn: -60, saleIn: 0, closesIn: 600 });

test('thirty come, are called in their order, and are let in to buy', async ({
  pool,
  start,
  staff,
}) => {
  const { url: valkeyUrl } = await startOwnValkey();
  const options = { valkeyUrl, tickMs: 100, leaseMs: 2_000 };
  const replicas = [await start(options), await start(options)] as const;
  const [one, two] = replicas;
  const replicaOf = (nth: number) => (nth % 2 === 0 ? one : two);
  // Places for twelve of them: they are thought to take two each.
  for (const { outside } of replicas) {
    outside.askPace = async () => ({ ...aPace, placesLeft: 20, capacity: 20 });
  }
  for (const { keeper } of replicas) keeper.start();
  const sale = await openFor(one, staff, 'first_come');
  const turns = await Promise.all(people.map((from, nth) => join(replicaOf(nth), sale, from)));
  expect(turns.map(({ rank }) => rank).sort((a, b) => Number(a) - Number(b))).toEqual(
    people.map((_, nth) => nth + 1),
  );
  const admit = (nth: number) =>
    replicaOf(nth + 1).ask('POST', `${sale.path}/admissions`, { turn: turns[nth]?.turn });
  expect((await admit(0)).body.code).toBe('not_your_turn');

  await beginSale(pool, sale);
  await vi.waitFor(async () => {
    for (const replica of replicas) {
      const { body } = await replica.ask('GET', `${sale.path}/line`);
      expect(body).toMatchObject({
        phase: 'admitting',
        joined: 30,
        calledUpTo: 12,
        placesLeft: 20,
      });
    }
  }, patience);
  const answers = await Promise.all(turns.map((_, nth) => admit(nth)));

  for (const [nth, { status, body }] of answers.entries()) {
    const { rank, turnId } = turns[nth] as TurnView;
    if (Number(rank) > 12) {
      expect([status, body.code]).toEqual([409, 'not_your_turn']);
      continue;
    }
    expect(admissions.verify(body.admission)).toMatchObject({
      id: turnId,
      room: sale.room.id,
      off: sale.room.offeringId,
    });
  }
  await Promise.all(replicas.map(({ refusals }) => refusals.write()));
  const report = await one.ask('GET', `${sale.path}/report`, { token: sale.token });
  expect(report.body).toMatchObject({
    joined: 30,
    waiting: 18,
    admitted: 12,
    booked: 0,
    lapsed: 0,
    refused: { not_your_turn: 19 },
  });
  expect(report.body.busiestBlocks).toHaveLength(20);

  const calls = await callsOf(pool, sale.room.id);
  expect(calls).toEqual([...calls].sort((a, b) => a - b));
  expect(calls.at(-1)).toBe(12);
});

test('those who came before the hour are drawn at it, and called in the order of the draw', async ({
  pool,
  start,
  staff,
}) => {
  const replica = await start({ tickMs: 100, leaseMs: 2_000 });
  replica.keeper.start();
  const sale = await openFor(replica, staff, 'draw');
  const turns = await Promise.all(people.map((from) => join(replica, sale, from)));
  expect(new Set(turns.map(({ rank, state }) => `${rank} ${state}`))).toEqual(
    new Set(['null before_draw']),
  );

  await beginSale(pool, sale);
  await vi.waitFor(async () => {
    expect((await replica.ask('GET', `${sale.path}/line`)).body.calledUpTo).toBe(30);
  }, patience);

  const { body: draw } = await replica.ask('GET', `${sale.path}/draw`);
  expect(draw.seedCommitment).toBe(sale.room.seedCommitment);
  expect(draw.turnIds).toHaveLength(30);
  expect(wrongWithDraw(draw.seedCommitment, draw.seed, draw.turnIds)).toEqual([]);
  for (const { turn, turnId } of turns) {
    const shown = await replica.ask('GET', `${sale.path}/turn`, { turn });
    expect(shown.body).toMatchObject({
      turnId,
      rank: draw.turnIds.indexOf(turnId) + 1,
      state: 'called',
    });
    const { status } = await replica.ask('POST', `${sale.path}/admissions`, {
      turn: shown.body.turn,
    });
    expect(status).toBe(201);
  }
});
