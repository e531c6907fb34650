import { setImmediate as turn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createJoinedReads } from './joined-reads.ts';

/** Something that is read when it is told to be, and changes meanwhile. */
function aSource() {
  const gates: PromiseWithResolvers<void>[] = [];
  const source = {
    value: 1,
    read: vi.fn(async (key: string) => {
      const seen = `${key} ${source.value}`;
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      return seen;
    }),
    async answer() {
      gates.shift()?.resolve();
      await turn();
    },
  };
  return source;
}

test('reads of one key that come together are one', async () => {
  const source = aSource();
  const read = createJoinedReads(source.read);

  const answers = [read('a'), read('a'), read('b')];
  await turn();
  await source.answer();
  await source.answer();

  expect(await Promise.all(answers)).toEqual(['a 1', 'a 1', 'b 1']);
  expect(source.read).toHaveBeenCalledTimes(2);
});

test('a read never joins one that has begun: what was written before it is seen', async () => {
  const source = aSource();
  const read = createJoinedReads(source.read);
  const before = read('a');
  await turn();
  source.value = 2;
  const after = [read('a'), read('a')];
  await turn();
  expect(source.read).toHaveBeenCalledTimes(1);

  await source.answer();
  await source.answer();

  expect(await before).toBe('a 1');
  expect(await Promise.all(after)).toEqual(['a 2', 'a 2']);
});

test('one that fails is refused to whoever shared it, and the next is read anew', async () => {
  let fails = true;
  const read = createJoinedReads(async (key) => {
    if (fails) throw new Error('no connection');
    return key;
  });

  const answers = await Promise.allSettled([read('a'), read('a')]);
  fails = false;

  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read('a')).toBe('a');
});
