import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { createMongoDatabase } from '@guichet/testing/mongo-database';
import { MongoClient } from 'mongodb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isUnavailable } from './unavailable.ts';

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('it was done'),
    (error: unknown) => error,
  );

test('a server that is gone cannot be had, a document that is there already is no reason to wait', async () => {
  const mongo = await createMongoDatabase();
  onTestFinished(() => mongo.drop());
  const proxy = await startFaultProxy(mongo.url);
  onTestFinished(() => proxy.close());
  const connect = () =>
    MongoClient.connect(proxy.through(mongo.url), { serverSelectionTimeoutMS: 200 });
  const client = await vi.waitFor(connect, { timeout: 20_000 });
  onTestFinished(() => client.close());
  const things = client.db(mongo.database).collection('things');
  const { insertedId } = await things.insertOne({});

  expect(isUnavailable(await errorOf(things.insertOne({ _id: insertedId })))).toBe(false);
  await proxy.stop();
  // The first error is that of the connection, the next that of the server.
  expect(isUnavailable(await errorOf(things.findOne({})))).toBe(true);
  expect(isUnavailable(await errorOf(things.findOne({})))).toBe(true);
});
