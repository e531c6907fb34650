import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

test('does everything, and never more at once than it has workers', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];

  await inParallel(
    [1, 2, 3, 4, 5],
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
      done.push(item);
    },
    2,
  );

  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('after an error begins nothing more, and waits for what has begun', async () => {
  const done: string[] = [];
  const work = async (item: string) => {
    if (item === 'bad') throw new Error('bad');
    await sleep(20);
    done.push(item);
  };

  await expect(inParallel(['bad', 'slow', 'never'], work, 2)).rejects.toThrow('bad');
  expect(done).toEqual(['slow']);
});
