import { databaseTest } from '@guichet/testing/database-test';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect, onTestFinished } from 'vitest';
import { createPool } from './pool.ts';
import { isUnavailable } from './unavailable.ts';

const test = databaseTest();

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('it was done'),
    (error: unknown) => error,
  );

test('a pool whose connections are all in use cannot be had', async ({ databaseUrl }) => {
  const pool = createPool({ url: databaseUrl, applicationName: 'test', max: 1 });
  onTestFinished(() => pool.end());
  const client = await pool.connect();

  const error = await errorOf(pool.query('select 1'));
  client.release();

  expect(error).toMatchObject({ message: expect.stringContaining('timeout') });
  expect(isUnavailable(error)).toBe(true);
});

test('nor can a server that is gone, before a statement or under it', async ({ databaseUrl }) => {
  const proxy = await startFaultProxy(databaseUrl);
  onTestFinished(() => proxy.close());
  const url = proxy.through(databaseUrl);
  const pool = createPool({ url, applicationName: 'test', max: 1 });
  onTestFinished(() => pool.end());

  const client = await pool.connect();
  const under = errorOf(client.query('select pg_sleep(60)'));
  await proxy.stop();

  expect(isUnavailable(await under)).toBe(true);
  client.release(true);
  expect(isUnavailable(await errorOf(pool.query('select 1')))).toBe(true);
});

test.for([
  ['a lock that is not to be had', "raise exception 'no' using errcode = '55P03'", true],
  ['a statement that took too long', "raise exception 'no' using errcode = '57014'", true],
  ['a server with too many connections', "raise exception 'no' using errcode = '53300'", true],
  ['a division by nothing', 'perform 1 / 0', false],
  ['a row that is there already', "raise exception 'no' using errcode = '23505'", false],
] as const)('%s', async ([, statement, expected], { pool }) => {
  const error = await errorOf(pool.query(`do $$ begin ${statement}; end $$`));

  expect(isUnavailable(error)).toBe(expected);
});

test('an error of ours that speaks of time is not the database’s', () => {
  expect(isUnavailable(new Error('a timeout of ours'))).toBe(false);
});
