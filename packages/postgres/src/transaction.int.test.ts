import { databaseTest } from '@guichet/testing/database-test';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect, onTestFinished, vi } from 'vitest';
import { createPool, type Pool, type Queryable } from './pool.ts';
import { inTransaction } from './transaction.ts';

const test = databaseTest();

const countersIn = async (pool: Pool, counts: number[]) => {
  await pool.query('create table counters (id integer primary key, count integer not null)');
  for (const [id, count] of counts.entries()) {
    await pool.query('insert into counters values ($1, $2)', [id, count]);
  }
};
const counts = async (pool: Pool) =>
  (await pool.query('select count from counters order by id')).rows.map(({ count }) => count);
const raise = (db: Queryable, id: number) =>
  db.query('update counters set count = count + 1 where id = $1', [id]);
const processOf = async (db: Queryable): Promise<number> =>
  (await db.query('select pg_backend_pid() as pid')).rows[0].pid;

test('all of it happens, or nothing', async ({ pool }) => {
  await countersIn(pool, [0, 0]);
  const refused = new Error('no');

  await inTransaction(pool, async (tx) => {
    await raise(tx, 0);
    await raise(tx, 1);
  });
  const failing = inTransaction(pool, async (tx) => {
    await raise(tx, 0);
    throw refused;
  });

  await expect(failing).rejects.toBe(refused);
  expect(await counts(pool)).toEqual([1, 1]);
});

test('two that wait for each other are both done in the end', async ({ pool }) => {
  await countersIn(pool, [0, 0]);
  const bothHaveOne = Promise.withResolvers<void>();
  let attempts = 0;
  const raiseBoth = (first: number, second: number) =>
    inTransaction(pool, async (tx) => {
      await raise(tx, first);
      attempts += 1;
      if (attempts === 2) bothHaveOne.resolve();
      await bothHaveOne.promise;
      await raise(tx, second);
    });

  await Promise.all([raiseBoth(0, 1), raiseBoth(1, 0)]);

  expect(await counts(pool)).toEqual([2, 2]);
  expect(attempts).toBeGreaterThan(2);
});

test('what can never be put in order is given up after five attempts', async ({ pool }) => {
  let attempts = 0;

  const never = inTransaction(pool, async (tx) => {
    attempts += 1;
    await tx.query(`do $$ begin raise exception 'no' using errcode = '40001'; end $$`);
  });

  await expect(never).rejects.toMatchObject({ code: '40001' });
  expect(attempts).toBe(5);
});

test('no other error is tried again, and none but a broken one costs its connection', async ({
  databaseUrl,
}) => {
  const pool = createPool({ url: databaseUrl, applicationName: 'test', max: 1 });
  onTestFinished(() => pool.end());
  const before = await processOf(pool);
  let attempts = 0;

  const wrong = inTransaction(pool, async (tx) => {
    attempts += 1;
    await tx.query('select 1 / 0');
  });

  await expect(wrong).rejects.toMatchObject({ code: '22012' });
  expect(attempts).toBe(1);
  expect(await processOf(pool)).toBe(before);
});

test('a connection that is ended in a transaction costs an error, and not the process', async ({
  pool,
  databaseUrl,
}) => {
  const single = createPool({ url: databaseUrl, applicationName: 'test', max: 1 });
  onTestFinished(() => single.end());
  const noticed = Promise.withResolvers<void>();

  const ended = inTransaction(single, async (tx) => {
    tx.once('end', () => noticed.resolve());
    await pool.query('select pg_terminate_backend($1)', [await processOf(tx)]);
    await noticed.promise;
    await tx.query('select 1');
  });

  await expect(ended).rejects.toThrow();
  expect(await inTransaction(single, processOf)).toBeGreaterThan(0);
});

test('so does a connection that is cut under a statement', async ({ databaseUrl }) => {
  const proxy = await startFaultProxy(databaseUrl);
  onTestFinished(() => proxy.close());
  const pool = createPool({
    url: proxy.through(databaseUrl),
    applicationName: 'test',
    max: 1,
  });
  onTestFinished(() => pool.end());

  const cut = inTransaction(pool, (tx) =>
    Promise.all([tx.query('select pg_sleep(60)'), proxy.stop()]),
  );

  await expect(cut).rejects.toThrow();
  await proxy.start();
  await vi.waitFor(() => inTransaction(pool, processOf), { timeout: 20_000 });
});
