import type { Pool } from '@guichet/postgres/pool';
import { startOwnValkey } from '@guichet/valkey/valkey-server-test';
import { expect, vi } from 'vitest';
import { createVisits } from '../visits/visits.ts';
import { type Replica, type ReplicaOptions, test } from '../waiting-room-server-test.ts';
import { lineTokenKeys, type SeededRoom, seedRoom } from '../waiting-room-test.ts';
import { createNetworks } from './networks.ts';

const patience = { timeout: 30_000, interval: 50 };
const networks = createNetworks(lineTokenKeys);
const visits = createVisits(lineTokenKeys, () => Date.now() - 5_000);

/** Somebody of one block of addresses, on a page of their own. */
function join(replica: Replica, room: SeededRoom, nth: number, block = '203.0.113') {
  const from = `${block}.${nth}`;
  const json = { visit: visits.sign(room.id, networks.of(from)) };
  return replica.ask('POST', `/api/waiting-rooms/${room.id}/turns`, { from, json });
}

/** Two replicas that let three of a block join in a minute, and a room that both know. */
async function two(pool: Pool, start: (options: ReplicaOptions) => Promise<Replica>) {
  const server = await startOwnValkey();
  const room = await seedRoom(pool);
  const options = { valkeyUrl: server.url };
  const replicas = [await start(options), await start(options)] as const;
  for (const { live, news } of replicas) {
    live.joinsPerBlock = 3;
    await vi.waitFor(() => expect(news.valkey?.usable).toBe(true), patience);
  }
  /** As many come to one replica as to the other. */
  const come = (count: number, block?: string) =>
    Promise.all(
      Array.from({ length: count }, async (_, nth) => {
        const { status } = await join(replicas[nth % 2 === 0 ? 0 : 1], room, nth, block);
        return status;
      }),
    );
  return { server, room, replicas, come };
}
const given = (statuses: readonly number[]) => statuses.filter((status) => status === 201).length;

test('replicas that have a Valkey count a block of addresses together', async ({ pool, start }) => {
  const { come } = await two(pool, start);

  const statuses = await come(20);

  expect(given(statuses)).toBe(3);
  expect(new Set(statuses)).toEqual(new Set([201, 429]));
  expect(given(await come(20, '198.51.100'))).toBe(3);
});

test('without their Valkey each counts by itself, and nobody is told of it', async ({
  pool,
  start,
}) => {
  const { server, come, replicas } = await two(pool, start);
  expect(given(await come(2))).toBe(2);

  const [statuses] = await Promise.all([come(20), server.stop()]);
  for (const { news } of replicas) {
    await vi.waitFor(() => expect(news.valkey?.usable).toBe(false), patience);
  }
  const alone = await come(20, '198.51.100');

  expect([...statuses, ...alone].filter((status) => status !== 201 && status !== 429)).toEqual([]);
  expect(given(alone)).toBe(6);
});
