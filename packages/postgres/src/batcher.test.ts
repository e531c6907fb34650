import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { CameTooLate, createBatcher } from './batcher.ts';
import { aDatabase, type Call } from './batcher-test.ts';

test('a call that comes alone goes alone, at once', async () => {
  const database = aDatabase();
  const call = createBatcher(database);

  const answer = call({ key: 'a' });
  await turn();
  await database.endAll();

  expect(await answer).toBe('a alone');
  expect(database.together).toEqual([]);
});

test('what comes while two calls are under way is the next statement, in its order', async () => {
  const database = aDatabase();
  const call = createBatcher(database);
  const answers = [call({ key: 'a' })];
  await turn();
  answers.push(call({ key: 'b' }));
  await turn();
  for (const key of ['c', 'd', 'e']) answers.push(call({ key }));
  await turn();
  expect(database.together).toEqual([]);

  await database.endAll();

  expect(database.alone).toEqual(['a', 'b']);
  expect(database.together).toEqual([['c', 'd', 'e']]);
  expect(await Promise.all(answers)).toEqual([
    'a alone',
    'b alone',
    'c together',
    'd together',
    'e together',
  ]);
});

describe('while a batch is under way', () => {
  /** A statement that takes so long, so that what one takes is known; then a batch that does not end. */
  async function crowded(tookMs: number, mostMembers = 3) {
    const database = aDatabase();
    const call = createBatcher({ ...database, mostMembers });
    const timed = call({ key: 'timed' });
    await turn();
    await sleep(tookMs);
    await database.endOne();
    await timed;
    const answers = [call({ key: 'a' }), call({ key: 'b' })];
    await turn();
    expect(database.together).toEqual([['a', 'b']]);
    const comes = async (key: string) => {
      answers.push(call({ key }));
      await turn();
    };
    return { database, comes, answers };
  }

  test('who comes waits for it', async () => {
    const { database, comes, answers } = await crowded(1_000);
    await comes('c');
    await comes('d');
    expect(database.together).toEqual([['a', 'b']]);

    await database.endOne();

    expect(database.together).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await database.endAll();
    await Promise.all(answers);
  });

  test('a whole batch does not wait for it', async () => {
    const { database, comes, answers } = await crowded(1_000);
    for (const key of ['c', 'd', 'e']) await comes(key);

    expect(database.together).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    await database.endAll();
    await Promise.all(answers);
  });

  test('nobody waits for one that is held up', async () => {
    const { database, comes, answers } = await crowded(5);
    await sleep(100);
    await comes('c');

    expect(database.alone).toEqual(['timed', 'c']);
    await database.endAll();
    await Promise.all(answers);
  });
});

test('two calls of one key are never in one batch', async () => {
  const database = aDatabase();
  const call = createBatcher(database);

  const answers = ['a', 'b', 'a', 'a'].map((key) => call({ key }));
  await turn();
  await database.endAll();

  expect(database.together).toEqual([['a', 'b']]);
  expect(database.alone).toEqual(['a', 'a']);
  expect(await Promise.all(answers)).toHaveLength(4);
});

test('a batch has so many members at most, and so many are under way at most', async () => {
  const database = aDatabase();
  const call = createBatcher({ ...database, mostMembers: 2, mostInFlight: 1 });

  const answers = ['a', 'b', 'c', 'd', 'e'].map((key) => call({ key }));
  await turn();
  expect(database.together).toEqual([['a', 'b']]);
  await database.endAll();

  expect(database.together).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(database.alone).toEqual(['e']);
  await Promise.all(answers);
});

test('a batch that fails is done one by one, and only what is wrong is refused', async () => {
  const call = createBatcher<Call, string>({
    keyOf: ({ key }) => key,
    one: async ({ key }) => {
      if (key === 'b') throw new Error('b is wrong');
      return `${key} alone`;
    },
    many: async () => {
      throw new Error('one of them is wrong');
    },
  });

  const answers = await Promise.allSettled(['a', 'b', 'c'].map((key) => call({ key })));

  expect(answers).toMatchObject([
    { value: 'a alone' },
    { reason: { message: 'b is wrong' } },
    { value: 'c alone' },
  ]);
});

test('an error of the connection meets every call, and is not asked for again one by one', async () => {
  const one = vi.fn(async () => '');
  const lost = new Error('no connection');
  const call = createBatcher<Call, string>({
    keyOf: ({ key }) => key,
    one,
    many: () => Promise.reject(lost),
    isShared: (error) => error === lost,
  });

  const answers = await Promise.allSettled(['a', 'b'].map((key) => call({ key })));

  expect(answers).toMatchObject([{ reason: lost }, { reason: lost }]);
  expect(one).not.toHaveBeenCalled();
});

test('what nobody waits for any more is not sent, and what is left goes on', async () => {
  const database = aDatabase();
  const call = createBatcher({ ...database, mostInFlight: 1 });
  const first = call({ key: 'a' });
  await turn();
  const late = expect(call({ key: 'b', deadline: Date.now() - 1 })).rejects.toBeInstanceOf(
    CameTooLate,
  );
  const last = call({ key: 'c', deadline: Date.now() + 60_000 });
  await database.endAll();

  await late;
  expect(await first).toBe('a alone');
  expect(await last).toBe('c alone');
});

test('says of each batch how large it was and how long its first call waited', async () => {
  const database = aDatabase();
  const onSent = vi.fn();
  const call = createBatcher({ ...database, mostInFlight: 1, onSent });
  const answers = [call({ key: 'a' })];
  await turn();
  answers.push(call({ key: 'b' }), call({ key: 'c' }));
  await sleep(20);
  await database.endAll();
  await Promise.all(answers);

  expect(onSent.mock.calls.map(([{ size }]) => size)).toEqual([1, 2]);
  expect(onSent.mock.lastCall?.[0].waitedMs).toBeGreaterThan(15);
});
