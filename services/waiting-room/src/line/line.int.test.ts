import { lineView } from '@guichet/contracts/lines';
import { createPool } from '@guichet/postgres/pool';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { startOwnValkey } from '@guichet/valkey/valkey-server-test';
import { expect, onTestFinished, vi } from 'vitest';
import { aPace, type Replica, startReplica, test } from '../waiting-room-server-test.ts';
import { callsOf, lineOf, seedRoom, seedTurns } from '../waiting-room-test.ts';

const patience = { timeout: 30_000, interval: 20 };
const pathOf = (id: string) => `/api/waiting-rooms/${id}/line`;
const onSale = { saleIn: -1, pacing: { by: 'rate', perMinute: 6_000 } };

async function poll(replica: Replica, id: string) {
  const { status, body, headers } = await replica.ask('GET', pathOf(id));
  expect(status).toBe(200);
  return { line: lineView.parse(body), headers };
}

/** Polls on and on, and remembers every answer. */
function pollOn(replicas: readonly Replica[], id: string) {
  const heard: number[][] = replicas.map(() => []);
  const statuses = new Set<number>();
  let isOver = false;
  const polling = replicas.map(async (replica, nth) => {
    while (!isOver) {
      const { status, body } = await replica.ask('GET', pathOf(id));
      statuses.add(status);
      heard[nth]?.push(body.calledUpTo);
    }
  });
  return {
    heard,
    statuses,
    async end() {
      isOver = true;
      await Promise.all(polling);
    },
  };
}
const neverFalls = (numbers: readonly number[]) =>
  numbers.every((number, nth) => number >= (numbers[nth - 1] ?? 0));

test('everybody is told the same bytes for a second, with how late it is', async ({
  pool,
  replica,
}) => {
  const { id } = await seedRoom(pool);
  await seedTurns(pool, id, 7);
  await replica.book.look();
  const { line, headers } = await poll(replica, id);

  expect(line).toMatchObject({
    roomId: id,
    phase: 'waiting',
    joined: 7,
    calledUpTo: 0,
    placesLeft: null,
    askAgainMs: 15_000,
  });
  const { rows } = await pool.query<{ now: Date }>('select now() as now');
  const offMs = (rows[0]?.now.getTime() as number) - Date.parse(line.now);
  expect(Math.abs(offMs)).toBeLessThan(2_500);
  expect(headers.get('cache-control')).toBe('public, max-age=1');
  const page = await replica.book.find(id);
  if (!page) throw new Error('the room is not known');
  expect(replica.book.frameOf(page)).toBe(replica.book.frameOf(page));
});

test('what one replica calls, all tell at once through Valkey', async ({ pool, start }) => {
  const { url } = await startOwnValkey();
  const { id } = await seedRoom(pool, onSale);
  await seedTurns(pool, id, 500);
  // Nobody looks at the database meanwhile: what they know is news.
  const options = { valkeyUrl: url, lookMs: 600_000, tickMs: 100, leaseMs: 5_000 };
  const [one, two] = [await start(options), await start(options)];
  await vi.waitFor(async () => {
    expect(await one.valueOf('guichet_waiting_room_shared')).toBe(1);
    expect(await two.valueOf('guichet_waiting_room_shared')).toBe(1);
  }, patience);

  one.keeper.start();

  await vi.waitFor(async () => {
    expect((await poll(two, id)).line.calledUpTo).toBeGreaterThan(50);
    expect((await poll(two, id)).line.placesLeft).toBe(500);
  }, patience);
  expect(await callsOf(pool, id)).not.toEqual([]);
});

test('Valkey stops and comes back: polls go on, and nobody who was called is told otherwise', async ({
  pool,
  start,
}) => {
  const server = await startOwnValkey();
  const { id } = await seedRoom(pool, onSale);
  await seedTurns(pool, id, 5_000);
  // While there are news the database is looked at every fifth time: too seldom for what is told here.
  const options = { valkeyUrl: server.url, lookMs: 3_000, tickMs: 100, leaseMs: 1_000 };
  const replicas = [await start(options), await start(options)] as const;
  for (const { keeper, outside } of replicas) {
    outside.askPace = async () => ({ ...aPace, placesLeft: 50_000, capacity: 50_000 });
    keeper.start();
  }
  const reach = (upTo: number) =>
    vi.waitFor(
      async () => {
        for (const replica of replicas) {
          expect((await poll(replica, id)).line.calledUpTo).toBeGreaterThan(upTo);
        }
      },
      { ...patience, timeout: 12_000 },
    );
  await reach(0);
  const polls = pollOn(replicas, id);

  await server.stop();
  const { called_up_to: atStop } = await lineOf(pool, id);
  await reach(atStop + 30);
  await server.restart();
  await vi.waitFor(async () => {
    for (const replica of replicas) {
      expect(await replica.valueOf('guichet_waiting_room_shared')).toBe(1);
      expect(replica.news.isFlowing).toBe(true);
    }
  }, patience);
  const { called_up_to: atReturn } = await lineOf(pool, id);
  await reach(atReturn + 30);
  await polls.end();

  expect([...polls.statuses]).toEqual([200]);
  for (const numbers of polls.heard) {
    expect(numbers.length).toBeGreaterThan(10);
    expect(neverFalls(numbers)).toBe(true);
  }
});

test('without PostgreSQL polls are answered from memory and nobody is called; with it on it goes', async ({
  pool,
  databaseUrl,
  identity,
}) => {
  const proxy = await startFaultProxy(databaseUrl);
  onTestFinished(() => proxy.close());
  const throughProxy = createPool({ url: proxy.through(databaseUrl), applicationName: 'test' });
  const { id, offeringId } = await seedRoom(pool, onSale);
  await seedTurns(pool, id, 5_000);
  const replica = await startReplica(throughProxy, identity, { tickMs: 100, leaseMs: 1_000 });
  onTestFinished(async () => {
    await replica.close();
    await throughProxy.end();
  });
  replica.keeper.start();
  await vi.waitFor(async () => {
    expect((await poll(replica, id)).line.calledUpTo).toBeGreaterThan(0);
  }, patience);

  await proxy.stop();
  await vi.waitFor(async () => {
    const failed = await replica.metrics.registry
      .getSingleMetric('guichet_waiting_room_ticks_failed_total')
      ?.get();
    expect(
      failed?.values.find(({ labels }) => labels.reason === 'database')?.value,
    ).toBeGreaterThan(2);
  }, patience);
  const { called_up_to: before } = await lineOf(pool, id);
  const away = pollOn([replica], id);
  await vi.waitFor(() => expect(away.heard[0]?.length).toBeGreaterThan(20), patience);
  await away.end();
  expect([...away.statuses]).toEqual([200]);
  expect((await lineOf(pool, id)).called_up_to).toBe(before);
  expect(
    (await replica.ask('GET', `/api/offerings/${offeringId}/waiting-room`)).body.line.roomId,
  ).toBe(id);
  // What nobody has in memory cannot be told, and says so.
  const unknown = await replica.ask('GET', pathOf('01a21a19-b4ad-7530-8c62-50a8811c211a'));
  expect([unknown.status, unknown.body.code]).toEqual([503, 'service_unavailable']);

  await proxy.start();
  await vi.waitFor(async () => {
    expect((await poll(replica, id)).line.calledUpTo).toBeGreaterThan(before);
  }, patience);
});

test('what is no news of ours changes nothing', async ({ pool, start }) => {
  const { url } = await startOwnValkey();
  const { id } = await seedRoom(pool);
  const replica = await start({ valkeyUrl: url });
  await vi.waitFor(async () => {
    expect(await replica.valueOf('guichet_waiting_room_shared')).toBe(1);
  }, patience);
  const other = replica.news.valkey?.client;
  await vi.waitFor(async () => {
    expect(await other?.publish('guichet:lines', 'no JSON')).toBe(1);
  }, patience);
  await other?.publish('guichet:lines', '{"line":{"roomId":7}}');
  await other?.publish('guichet:lines', '{"rooms":true}');

  const heard = {
    roomId: id,
    joined: 9,
    calledUpTo: 5,
    placesLeft: 1,
    held: 0,
    calledPerMinute: 5,
  };
  await other?.publish('guichet:lines', JSON.stringify({ line: heard }));
  await vi.waitFor(async () => {
    expect((await poll(replica, id)).line).toMatchObject({ joined: 9, calledUpTo: 5 });
  }, patience);
});

test('what was told once is never told to be less, though a database that came back has lost it', async ({
  pool,
  replica,
}) => {
  const { id } = await seedRoom(pool);
  await replica.book.look();
  const heard = {
    roomId: id,
    joined: 9,
    calledUpTo: 5,
    placesLeft: 1,
    held: 0,
    calledPerMinute: 5,
  };
  replica.book.hear(heard);

  await replica.book.look();

  expect((await poll(replica, id)).line).toMatchObject({ joined: 9, calledUpTo: 5 });
});
