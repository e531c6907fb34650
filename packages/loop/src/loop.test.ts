import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLoop } from './loop.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A loop whose turns do what they are told, in order, and then nothing. */
function loopOf(...answers: (() => unknown)[]) {
  return loopApart(0, ...answers);
}

function loopApart(apartMs: number, ...answers: (() => unknown)[]) {
  const told: unknown[] = [];
  const turn = vi.fn(async () => answers.shift()?.());
  const loop = createLoop({
    turn,
    pauseMs: 1_000,
    apartMs,
    onError(error) {
      told.push(error);
      return error === 'sooner' ? 10 : undefined;
    },
    onStop: async () => void told.push('stopped'),
  });
  return { loop, turn, told };
}

test('takes a turn at once and after each pause, until it is stopped', async () => {
  const { loop, turn, told } = loopOf();
  loop.start();
  loop.start();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(turn).toHaveBeenCalledTimes(3);

  await loop.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(turn).toHaveBeenCalledTimes(3);
  expect(told).toEqual(['stopped']);
});

test('takes the next turn at once where there is more', async () => {
  const { loop, turn } = loopOf(
    () => 'again',
    () => 'again',
  );
  loop.start();
  await vi.advanceTimersByTimeAsync(0);

  expect(turn).toHaveBeenCalledTimes(3);
  await loop.stop();
});

test('a wake ends the pause, and during a turn it is followed by another turn', async () => {
  const { loop, turn } = loopOf(
    () => undefined,
    () => loop.wake(),
  );
  loop.start();
  await vi.advanceTimersByTimeAsync(1);
  expect(turn).toHaveBeenCalledTimes(1);

  loop.wake();
  await vi.advanceTimersByTimeAsync(1);
  expect(turn).toHaveBeenCalledTimes(3);
  await loop.stop();
});

test('who wakes it soon after a turn shares the next with others, who comes later waits for nothing', async () => {
  const { loop, turn } = loopApart(20);
  loop.start();
  await vi.advanceTimersByTimeAsync(5);
  loop.wake();
  await vi.advanceTimersByTimeAsync(5);
  loop.wake();
  await vi.advanceTimersByTimeAsync(9);
  expect(turn).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(turn).toHaveBeenCalledTimes(2);

  await vi.advanceTimersByTimeAsync(30);
  loop.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(turn).toHaveBeenCalledTimes(3);

  loop.wake();
  await vi.advanceTimersByTimeAsync(1);
  await loop.stop();
  expect(turn).toHaveBeenCalledTimes(3);
});

test('a turn that fails is told, ends nothing, and may choose its own pause', async () => {
  const fail = (why: string) => () => Promise.reject(why);
  const { loop, turn, told } = loopOf(fail('later'), fail('sooner'));
  loop.start();
  await vi.advanceTimersByTimeAsync(999);
  expect([turn.mock.calls.length, told]).toEqual([1, ['later']]);

  await vi.advanceTimersByTimeAsync(1 + 10);
  expect([turn.mock.calls.length, told]).toEqual([3, ['later', 'sooner']]);
  await loop.stop();
});

test('a stop waits for the turn under way, and one that was stopped can start again', async () => {
  const slow = Promise.withResolvers<void>();
  const { loop, turn, told } = loopOf(() => slow.promise);
  loop.start();
  const stopped = loop.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual([]);

  slow.resolve();
  await stopped;
  expect(told).toEqual(['stopped']);
  loop.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(turn).toHaveBeenCalledTimes(2);
  await loop.stop();
});
