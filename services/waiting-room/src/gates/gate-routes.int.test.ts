import { gates, roomSales } from '@guichet/contracts/internal-sales';
import { expect } from 'vitest';
import { test } from '../waiting-room-server-test.ts';
import { seedRoom, seedTurns } from '../waiting-room-test.ts';

test('gates are the rooms that are open, and how late it is is told without any', async ({
  pool,
  replica,
  service,
}) => {
  const token = await service();
  const ask = async () =>
    gates.responses[200].parse((await replica.ask('GET', '/internal/gates', { token })).body);
  const before = await ask();
  expect(before.gates).toEqual([]);
  const { rows } = await pool.query<{ now: Date }>('select now() as now');
  expect(Math.abs((rows[0]?.now.getTime() as number) - Date.parse(before.now))).toBeLessThan(5_000);

  const announced = await seedRoom(pool, { opensIn: 60 });
  const admitting = await seedRoom(pool, { saleIn: -5 });
  await seedRoom(pool, { opensIn: -60, saleIn: -50, closesIn: -1 });
  const closed = await seedRoom(pool);
  await pool.query('update rooms set closed_at = now() where id = $1', [closed.id]);

  const after = await ask();
  expect(after.gates.map(({ roomId, offeringId }) => [roomId, offeringId]).sort()).toEqual(
    [announced, admitting].map(({ id, offeringId }) => [id, offeringId]).sort(),
  );
});

test('the sales to come say how many wait, and how fast they are let in', async ({
  pool,
  replica,
  service,
}) => {
  const later = await seedRoom(pool, { saleIn: 600, pacing: { by: 'rate', perMinute: 90 } });
  const sooner = await seedRoom(pool, { saleIn: 60, expectedBuyers: 7_000 });
  await seedTurns(pool, sooner.id, 4);
  const token = await service();

  const { body } = await replica.ask('GET', '/internal/room-sales', { token });

  const { sales } = roomSales.responses[200].parse(body);
  expect(sales).toMatchObject([
    { roomId: sooner.id, expectedBuyers: 7_000, waiting: 4, perSecond: null },
    { roomId: later.id, organiserId: later.organiserId, waiting: 0, perSecond: 1.5 },
  ]);
});

test('the prescaler is not told of people who wait for what is sold out', async ({
  replica,
  pool,
  service,
}) => {
  const { id } = await seedRoom(pool, { saleIn: -60 });
  await seedTurns(pool, id, 4);
  const waiting = async () => {
    const { body } = await replica.ask('GET', '/internal/room-sales', { token: await service() });
    return roomSales.responses[200].parse(body).sales[0]?.waiting;
  };

  await pool.query('update lines set places_left = 0, held = 2 where room_id = $1', [id]);
  expect(await waiting()).toBe(4);
  await pool.query('update lines set held = 0 where room_id = $1', [id]);
  expect(await waiting()).toBe(0);
});

test('nobody but a service asks', async ({ replica, staff }) => {
  const paths = ['/internal/gates', '/internal/room-sales'];
  const token = await staff('00000000-0000-4000-8000-000000000000');
  for (const path of paths) {
    expect((await replica.ask('GET', path)).status).toBe(401);
    expect((await replica.ask('GET', path, { token })).status).toBe(403);
  }
});
